select * from {{ source('marts', 'dim_companies') }}
