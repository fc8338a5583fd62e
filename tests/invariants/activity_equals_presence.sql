-- Idle, busy and break are A3, A5 and A7, for each agent and day.
with both_marts as (
    select
        agent_id,
        date_day,
        idle_seconds,
        busy_seconds,
        break_seconds
    from {{ built_rows(ref('agent_activity_daily')) }}
    union all
    select
        agent_id,
        date_day,
        -idle_seconds as idle_seconds,
        -busy_seconds as busy_seconds,
        -break_seconds as break_seconds
    from {{ built_rows(ref('agent_analysis_daily'), activity_facts()) }}
)

select
    agent_id,
    date_day,
    sum(idle_seconds) as idle_seconds,
    sum(busy_seconds) as busy_seconds,
    sum(break_seconds) as break_seconds
from both_marts
group by agent_id, date_day
having
    abs(sum(idle_seconds)) > 1e-6
    or abs(sum(busy_seconds)) > 1e-6
    or abs(sum(break_seconds)) > 1e-6
