{{ config(materialized='view') }}

select table_name
from {{ ref('loads') }}
group by table_name
having min(build_number) = {{ this_build() }}
