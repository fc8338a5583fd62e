-- The contacts of agents: from where an agent first interacts to where the last stretch of it, of a
-- hold or of being parked ends. Parts of one agent that overlap, such as a callback and its call,
-- are one contact.
{{ config(materialized='table') }}

with stretches as (
    select
        conversation_id,
        part_number,
        agent_id,
        any_value(team_id) as team_id,
        min(started_at) filter (where segment_type = 'interact') as accepted_at,
        arg_min(queue_id, started_at) filter (where segment_type = 'interact') as queue_id,
        max(coalesce(ended_at, 'infinity')) as left_at,
        arg_max(
            coalesce(disconnect_type, ''), (coalesce(ended_at, 'infinity'), segment_number)
        ) as disconnect_type
    from {{ ref('genesys_cloud_segments') }}
    where
        purpose = 'agent'
        and has_interaction
        and segment_type in ('interact', 'hold', 'parked')
        and started_at is not null
    group by conversation_id, part_number, agent_id
),

compared as (
    select
        *,
        coalesce(
            accepted_at >= max(left_at) over (
                partition by conversation_id, agent_id
                order by accepted_at, part_number
                rows between unbounded preceding and 1 preceding
            ),
            true
        ) as is_new
    from stretches
    where accepted_at is not null
),

numbered as (
    select
        *,
        sum(cast(is_new as integer)) over (
            partition by conversation_id, agent_id order by accepted_at, part_number
        ) as contact_number
    from compared
),

contacts as (
    select
        conversation_id,
        agent_id,
        min(part_number) as part_number,
        min(accepted_at) as accepted_at,
        nullif(max(left_at), 'infinity') as left_at,
        arg_max(disconnect_type, (left_at, part_number)) as disconnect_type,
        arg_min(team_id, part_number) as team_id,
        arg_min(queue_id, (accepted_at, part_number)) as queue_id
    from numbered
    group by conversation_id, agent_id, contact_number
)

select
    *,
    lead(agent_id) over in_order as next_agent_id,
    lead(accepted_at) over in_order as next_accepted_at
from contacts
window in_order as (partition by conversation_id order by accepted_at, part_number)
