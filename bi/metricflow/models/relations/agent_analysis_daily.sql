select * from {{ source('marts', 'agent_analysis_daily') }}
