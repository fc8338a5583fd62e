-- The seconds of a state, over its reasons, are those of the agent's day.
with seconds_by_state as (
    select
        agent_id,
        date_day,
        state,
        state_seconds
    from {{ built_rows(ref('agent_state_reasons_daily')) }}
    {%- for state in ['idle', 'busy', 'break'] %}
    union all
    select
        agent_id,
        date_day,
        '{{ state }}' as state,
        -{{ state }}_seconds as state_seconds
    from {{ built_rows(ref('agent_analysis_daily'), ['fct_agent_states']) }}
    {%- endfor %}
)

select
    agent_id,
    date_day,
    state,
    sum(state_seconds) as difference
from seconds_by_state
group by agent_id, date_day, state
having abs(sum(state_seconds)) > 1e-6
