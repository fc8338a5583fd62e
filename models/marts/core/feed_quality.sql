-- The raw rows are counted where they come from, not where they were checked, so that a row that
-- got lost on the way shows.
{%- for table_name in contract() %}
{%- set source = contract_source(table_name) %}
{%- set measured = is_measured(table_name) | lower %}

select
    '{{ table_name }}' as table_name,
    {{ measured }} as is_measured,
    case
        when {{ measured }}
            then (
                select count(*) from ({{ source.sql | replace('\n', ' ') }}) as source_rows
                {{ until_as_of(table_name, source) }}
            )
    end as raw_row_count,
    case when {{ measured }} then {{ count_where("row_outcome = 'accepted'") }} end
        as accepted_row_count,
    case when {{ measured }} then {{ count_where("row_outcome = 'duplicate'") }} end
        as duplicate_row_count,
    case
        when {{ measured }}
            then {{ count_where("row_outcome not in ('accepted', 'duplicate')") }}
    end as quarantined_row_count
from {{ ref('checked_' ~ table_name | replace('raw_', '', 1)) }}
{{ 'union all' if not loop.last }}
{%- endfor %}
