select * from {{ source('marts', 'agent_activity_daily') }}
