select * from {{ source('marts', 'dim_agents') }}
