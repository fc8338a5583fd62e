{%- for table_name in contract() %}
{%- set table = contract()[table_name] %}
select
    feed,
    '{{ table_name }}' as table_name,
    {{ stored_key(table) }} as row_key,
    row_outcome as reason,
    coalesce(row_text, {{ row_as_text(contract_columns(table_name)) }}) as row_text,
    ingested_at
from {{ ref('checked_' ~ table_name | replace('raw_', '', 1)) }}
where {{ is_left_out() }}
{{ 'union all' if not loop.last }}
{%- endfor %}
