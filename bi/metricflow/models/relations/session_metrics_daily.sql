select * from {{ source('marts', 'session_metrics_daily') }}
