select * from {{ source('marts', 'survey_metrics_daily') }}
