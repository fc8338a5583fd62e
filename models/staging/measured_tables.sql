-- One row. A table that is absent was not measured: what needs it is NULL, never 0.
select
    {%- for table_name in contract() if table_name not in required_tables() %}
    count(*) filter (where table_name = '{{ table_name }}') > 0
        as {{ table_name | replace('raw_', 'has_', 1) }}{{ ',' if not loop.last }}
    {%- endfor %}
from {{ ref('loads') }}
