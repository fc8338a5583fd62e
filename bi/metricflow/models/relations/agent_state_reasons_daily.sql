select * from {{ source('marts', 'agent_state_reasons_daily') }}
