-- After each event that may change it, whether the agent is paused: in all queues that are the
-- agent's at that time or, where none is known, by PAUSEALL.
{{ config(materialized='table') }}

with queue_counts as (
    select
        agent_id,
        queue_name,
        occurred_at,
        line_position,
        cast(is_counted as integer) as queue_count,
        cast(is_counted and is_paused as integer) as paused_queue_count,
        cast(queue_name = '' and is_paused as integer) as paused_in_all_count
    from {{ ref('asterisk_queue_pauses') }}
),

changes as (
    select
        agent_id,
        occurred_at,
        line_position,
        queue_count - lag(queue_count, 1, 0) over queue_order as queue_change,
        paused_queue_count - lag(paused_queue_count, 1, 0) over queue_order as paused_queue_change,
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
        sum(queue_change) as queue_change,
        sum(paused_queue_change) as paused_queue_change,
        sum(paused_in_all_change) as paused_in_all_change
    from changes
    group by agent_id, occurred_at, line_position
),

agent_counts as (
    select
        agent_id,
        occurred_at,
        line_position,
        sum(queue_change) over agent_order as queue_count,
        sum(paused_queue_change) over agent_order as paused_queue_count,
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
            when queue_count > 0 then paused_queue_count = queue_count
            else paused_in_all_count > 0
        end as is_paused
    from agent_counts
    where line_position >= 0
)

select
    agent_id,
    line_position,
    is_paused,
    lag(is_paused, 1, false) over (
        partition by agent_id order by occurred_at, line_position
    ) as was_paused
from agent_pauses
