{{ config(materialized='view') }}

select table_name
from {{ known_loads() }}
-- What a reference table says is compared by itself (reference_values, calendar_days).
where
    table_name in (
        {%- for name in event_tables() %}
        '{{ name }}' {{- ',' if not loop.last }}
        {%- endfor %}
    )
group by feed, table_name
having min(build_number) = {{ this_build() }}
