select * from {{ source('marts', 'survey_requests_daily') }}
