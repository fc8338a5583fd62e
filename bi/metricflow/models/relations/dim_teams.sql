select * from {{ source('marts', 'dim_teams') }}
