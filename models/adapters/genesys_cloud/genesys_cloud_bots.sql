-- The part of a bot or a voice menu in each conversation: all of them that begin before the first
-- queue or agent, as one. What it came to is what the last of them did.
{{ config(materialized='table') }}

with people as (
    select
        conversation_id,
        min(begun_at) as first_at
    from (
        select
            conversation_id,
            queued_at as begun_at
        from {{ ref('genesys_cloud_queue_stays') }}

        union all

        select
            conversation_id,
            accepted_at as begun_at
        from {{ ref('genesys_cloud_agent_contacts') }}
    ) as beginnings
    group by conversation_id
),

flows as (
    select
        conversation_id,
        part_number,
        min(started_at) as started_at,
        nullif(max(coalesce(ended_at, 'infinity')), 'infinity') as ended_at,
        arg_max(
            coalesce(disconnect_type, ''), (coalesce(ended_at, 'infinity'), segment_number)
        ) as disconnect_type,
        any_value(flow_transfer_type) as transfer_type,
        bool_or(is_flow_successful) as is_successful
    from {{ ref('genesys_cloud_segments') }}
    where purpose in ('ivr', 'botflow') and started_at is not null
    group by conversation_id, part_number
),

bots as (
    select
        flows.conversation_id,
        min(flows.started_at) as started_at,
        case when count(flows.ended_at) = count(*) then max(flows.ended_at) end as ended_at,
        arg_max(
            struct_pack(
                disconnect_type := flows.disconnect_type, transfer_type := flows.transfer_type
            ),
            (flows.started_at, flows.part_number)
        ) as last_flow,
        bool_or(flows.is_successful) as is_successful
    from flows
    left join people on flows.conversation_id = people.conversation_id
    where people.first_at is null or flows.started_at <= people.first_at
    group by flows.conversation_id
)

select
    conversation_id,
    started_at,
    ended_at,
    case
        when
            last_flow['transfer_type'] is not null
            or last_flow['disconnect_type'] in {{ genesys_cloud_list(['handover']) }}
            then 'handed_off'
        when is_successful then 'resolved'
        when last_flow['disconnect_type'] in ('peer', 'endpoint') then 'abandoned'
        when last_flow['disconnect_type'] in ('error', 'transportfailure', 'system') then 'failed'
    end as outcome
from bots
