select * from {{ source('marts', 'sla_metrics_daily') }}
