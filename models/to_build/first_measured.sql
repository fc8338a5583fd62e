{{ config(materialized='view') }}
{%- set is_derived_anew = var('adapters') and not var('known_at') %}

select table_name
from {{ ref('loads') if is_derived_anew else known_loads() }}
-- What a reference table says is compared by itself (reference_values, calendar_days).
where
    table_name in (
        {%- for name in event_tables() %}
        '{{ name }}' {{- ',' if not loop.last }}
        {%- endfor %}
    )
{%- if is_derived_anew %}
    -- Each build says anew what an adapter measures; it may be less than before.
    and build_number >= {{ this_build() }} - 1
group by feed, table_name
having count(distinct build_number) = 1
{%- else %}
group by table_name
having min(build_number) = {{ this_build() }}
{%- endif %}
