select * from {{ source('marts', 'backlog_daily') }}
