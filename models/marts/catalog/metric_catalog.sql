{%- set fields = [
    'name_en', 'name_zh', 'source', 'formula', 'unit', 'date_basis', 'better', 'channels',
    'filters', 'known_fault',
] %}
{%- set indicators = [] %}
{%- for column in public_columns() if column.meta.id is defined
    and (column.relation.endswith('_daily') and 'by_tag' not in column.relation) %}
{%- do indicators.append(column) %}
{%- endfor %}

with indicators as (
    {%- for column in indicators %}
    select
        {{ text_literal(column.meta.id) }} as id,
        {{ text_literal(column.relation) }} as relation,
        {{ text_literal(column.meta.get('columns', column.column_name)) }} as column_name,
        {%- for field in fields %}
        {{ text_literal(column.meta.get(
            {'name_en': 'label_en', 'name_zh': 'label_zh'}.get(field, field)
        )) }} as {{ field }}{{ ',' if not loop.last }}
        {%- endfor %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from indicators
