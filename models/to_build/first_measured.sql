{{ config(materialized='view') }}

select table_name
from {{ known_loads() }}
group by table_name
having min(build_number) = {{ this_build() }}
