-- One row a feed. A table that is absent from it was not measured: what needs it is NULL, never 0.
{%- set flags = [] %}
{%- for table_name in contract() if table_name not in required_tables() %}
{%- do flags.append(
    "bool_or(table_name = '" ~ table_name ~ "') as " ~ table_name | replace('raw_', 'has_', 1)
) %}
{%- endfor %}
select
    feed,
    {{ flags | join(',\n    ') }}
from {{ known_loads() }}
group by feed
