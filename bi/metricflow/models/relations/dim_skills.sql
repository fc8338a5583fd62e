select * from {{ source('marts', 'dim_skills') }}
