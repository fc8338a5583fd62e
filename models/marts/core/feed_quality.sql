-- The raw rows are counted where they come from, not where they were checked, so that a row that
-- got lost on the way shows.
{% for table_name in contract() %}
{%- set source = contract_source(table_name) %}
select
    '{{ table_name }}' as table_name,
    {%- if is_measured(table_name) %}
    true as is_measured,
    (
        select count(*)
        from ({{ source.sql }}) as source_rows
        {{ until_as_of(table_name, source) }}
    ) as raw_row_count,
    {{ count_where("row_outcome = 'accepted'") }} as accepted_row_count,
    {{ count_where("row_outcome = 'duplicate'") }} as duplicate_row_count,
    {{ count_where("row_outcome not in ('accepted', 'duplicate')") }} as quarantined_row_count
    {%- else %}
    false as is_measured,
    cast(null as bigint) as raw_row_count,
    cast(null as bigint) as accepted_row_count,
    cast(null as bigint) as duplicate_row_count,
    cast(null as bigint) as quarantined_row_count
    {%- endif %}
{%- if is_measured(table_name) %}
from {{ ref('checked_' ~ table_name | replace('raw_', '', 1)) }}
{%- endif %}
{{ 'union all' if not loop.last }}
{%- endfor %}
