select * from {{ source('marts', 'satisfaction_daily') }}
