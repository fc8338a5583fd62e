select * from {{ source('marts', 'queue_metrics_daily') }}
