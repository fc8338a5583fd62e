select * from {{ source('marts', 'dim_dates') }}
