{{ config(
    materialized='incremental', meta={'touched_by': ['fct_agent_states'], 'day': 'date_day'}
) }}

select
    company_id,
    agent_id,
    date_day,
    state,
    reason,
    {{ total_seconds('state_seconds') }} as state_seconds
from {{ of_touched_days(ref('fct_agent_states'), ['fct_agent_states']) }}
group by company_id, agent_id, date_day, state, reason
