select * from {{ source('marts', 'transfers_daily') }}
