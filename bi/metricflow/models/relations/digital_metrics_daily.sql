select * from {{ source('marts', 'digital_metrics_daily') }}
