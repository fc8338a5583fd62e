select * from {{ source('marts', 'session_analysis_daily') }}
