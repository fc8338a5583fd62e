{%- for table_name in contract() %}
select
    '{{ table_name }}' as table_name,
    row_key,
    row_outcome as reason,
    row_text,
    ingested_at
from {{ ref('checked_' ~ table_name | replace('raw_', '', 1)) }}
where row_outcome not in ('accepted', 'duplicate')
{{ 'union all' if not loop.last }}
{%- endfor %}
