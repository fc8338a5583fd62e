select * from {{ source('marts', 'tag_metrics_daily') }}
