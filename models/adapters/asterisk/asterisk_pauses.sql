-- After each event that may change it, whether the agent is paused. A pause in one queue counts
-- while the agent is paused in all queues that it is a member of: those of ADDMEMBER and
-- REMOVEMEMBER or, where these say nothing of the agent, those in which it was paused or unpaused.
{{ config(materialized='table') }}

with queue_counts as (
    select
        agent_id,
        queue_name,
        occurred_at,
        line_position,
        cast(is_member as integer) as member_count,
        cast(is_member and is_paused as integer) as paused_member_count,
        cast(is_known as integer) as known_count,
        cast(is_known and is_paused as integer) as paused_known_count,
        cast(queue_name = '' and is_paused as integer) as paused_in_all_count
    from {{ ref('asterisk_queue_pauses') }}
),

changes as (
    select
        agent_id,
        occurred_at,
        line_position,
        member_count - lag(member_count, 1, 0) over queue_order as member_change,
        paused_member_count - lag(paused_member_count, 1, 0) over queue_order
            as paused_member_change,
        known_count - lag(known_count, 1, 0) over queue_order as known_change,
        paused_known_count - lag(paused_known_count, 1, 0) over queue_order
            as paused_known_change,
        paused_in_all_count - lag(paused_in_all_count, 1, 0) over queue_order
            as paused_in_all_change
    from queue_counts
    window queue_order as (partition by agent_id, queue_name order by occurred_at, line_position)
),

-- PAUSEALL and the like change several queues at once.
agent_changes as (
    select
        agent_id,
        occurred_at,
        line_position,
        sum(member_change) as member_change,
        sum(paused_member_change) as paused_member_change,
        sum(known_change) as known_change,
        sum(paused_known_change) as paused_known_change,
        sum(paused_in_all_change) as paused_in_all_change
    from changes
    group by agent_id, occurred_at, line_position
),

agent_counts as (
    select
        agent_id,
        occurred_at,
        line_position,
        sum(member_change) over agent_order as member_count,
        sum(paused_member_change) over agent_order as paused_member_count,
        sum(known_change) over agent_order as known_count,
        sum(paused_known_change) over agent_order as paused_known_count,
        sum(paused_in_all_change) over agent_order as paused_in_all_count
    from agent_changes
    window agent_order as (partition by agent_id order by occurred_at, line_position)
),

agent_pauses as (
    select
        agent_id,
        occurred_at,
        line_position,
        case
            when member_count > 0 then paused_member_count = member_count
            when known_count > 0 then paused_known_count = known_count
            else paused_in_all_count > 0
        end as is_paused
    from agent_counts
)

select
    line_position,
    is_paused,
    lag(is_paused, 1, false) over (
        partition by agent_id order by occurred_at, line_position
    ) as was_paused
from agent_pauses
