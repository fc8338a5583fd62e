select * from {{ source('marts', 'contact_metrics_daily') }}
