select * from {{ source('marts', 'resolution_metrics_daily') }}
