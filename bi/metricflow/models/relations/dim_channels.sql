select * from {{ source('marts', 'dim_channels') }}
