-- When agents who only join and leave queues come and go: from the first queue that they join to
-- the last that they leave. Who logs in and out comes and goes by that.
{{ config(materialized='table') }}

with login_agents as (
    select distinct agent_id
    from {{ ref('asterisk_events') }}
    where is_usable and meaning in ('login', 'logout')
),

changes as (
    select
        *,
        cast(meaning = 'joined' as integer)
        - lag(cast(meaning = 'joined' as integer), 1, 0) over member_order as member_change
    from {{ ref('asterisk_memberships') }}
    where agent_id not in (select login_agents.agent_id from login_agents)
    window member_order as (partition by agent_id, queue_name order by occurred_at, line_position)
),

-- Asterisk forgets several memberships at once.
agent_changes as (
    select
        agent_id,
        occurred_at,
        line_position,
        bool_or(is_made) as is_made,
        bool_or(meaning = 'joined') as is_joining,
        sum(member_change) as member_change
    from changes
    group by agent_id, occurred_at, line_position
),

counted as (
    select
        *,
        sum(member_change) over agent_order as member_count,
        count_if(line_position >= 0) over agent_order as line_number
    from agent_changes
    window agent_order as (partition by agent_id order by occurred_at, line_position)
)

select
    agent_id,
    occurred_at,
    line_position,
    is_made,
    case when is_joining then 'in' else 'out' end as presence
from counted
where
    line_position >= 0
    and case
        when is_joining then member_count = member_change or line_number = 1
        else member_count = 0 and member_change < 0
    end

union all

-- Not there before the first of them.
select
    agent_id,
    cast('-infinity' as timestamp) as occurred_at,
    -1 as line_position,
    true as is_made,
    'out' as presence
from counted
where line_number = 1 and is_joining
