select * from {{ source('marts', 'dim_campaigns') }}
