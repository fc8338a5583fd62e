-- The state intervals of one presence follow each other without a gap and sum to it.
with presences as (
    select
        agent_id,
        presence_started_at,
        min(started_at) as started_at,
        max(ended_at) as ended_at,
        sum(state_seconds) as state_seconds
    from {{ built_rows(ref('fct_agent_states')) }}
    group by agent_id, presence_started_at
)

select
    *,
    {{ seconds_between('started_at', 'ended_at') }} as presence_seconds
from presences
where
    (abs({{ seconds_between('started_at', 'ended_at') }} - state_seconds) <= 1e-6) is not true
