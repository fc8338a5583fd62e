select * from {{ source('marts', 'bot_metrics_daily') }}
