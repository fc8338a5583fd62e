with columns as (
    {%- for column in public_columns() or [] %}
    select
        {{ text_literal(column.relation) }} as relation,
        {{ column.position }} as position,
        {{ text_literal(column.column_name) }} as column_name,
        {{ text_literal(column.meta.get('label_en')) }} as label_en,
        {{ text_literal(column.meta.get('label_zh')) }} as label_zh,
        {{ text_literal(column.meta.get('unit')) }} as unit,
        {{ text_literal(column.data_type) }} as data_type,
        {{ text_literal(column.description) }} as description
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from columns
