-- The stays in queues (participants of purpose acd), each with whether an agent answered in it. The
-- agent's part begins some milliseconds after the stay has ended.
{{ config(materialized='table') }}

with stays as (
    select
        conversation_id,
        part_number,
        coalesce(
            min(started_at) filter (where segment_type = 'interact'), min(started_at)
        ) as queued_at,
        nullif(max(coalesce(ended_at, 'infinity')), 'infinity') as left_at,
        arg_max(
            coalesce(disconnect_type, ''), (coalesce(ended_at, 'infinity'), segment_number)
        ) as disconnect_type,
        arg_min(queue_id, segment_number) as queue_id,
        bool_or(is_abandoned) as is_abandoned
    from {{ ref('genesys_cloud_segments') }}
    where purpose = 'acd' and started_at is not null
    group by conversation_id, part_number
),

answered as (
    select distinct
        stays.conversation_id,
        stays.part_number
    from stays
    inner join {{ ref('genesys_cloud_agent_contacts') }} as contacts
        on stays.conversation_id = contacts.conversation_id
    where
        stays.queued_at <= contacts.accepted_at
        and coalesce(contacts.accepted_at <= stays.left_at + interval 2 seconds, true)
)

select
    stays.* exclude (is_abandoned),
    -- The customer hung up; where Genesys Cloud counts an abandonment itself, it is one.
    stays.is_abandoned or stays.disconnect_type in ('peer', 'endpoint') as is_abandoned,
    answered.part_number is not null as is_answered
from stays
left join answered
    on stays.conversation_id = answered.conversation_id
    and stays.part_number = answered.part_number
