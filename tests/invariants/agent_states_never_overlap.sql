-- The state intervals of an agent never overlap, and each lasts as long as it says.
with intervals as (
    select
        *,
        lead(started_at) over agent_order as next_started_at
    from {{ built_rows(ref('fct_agent_states')) }}
    window agent_order as (partition by agent_id order by started_at, ended_at)
)

select *
from intervals
where
    ended_at <= started_at
    or next_started_at < ended_at
    or (abs({{ seconds_between('started_at', 'ended_at') }} - state_seconds) <= 1e-6) is not true
