with columns (
    relation, position, column_name, label_en, label_zh, unit, data_type, description
) as (
    values
    {%- for column in public_columns() %}
    (
        {{ text_literal(column.relation) }},
        cast({{ column.position }} as bigint),
        {{ text_literal(column.column_name) }},
        {{ text_literal(column.meta.label_en) }},
        {{ text_literal(column.meta.label_zh) }},
        {{ text_literal(column.meta.unit) }},
        {{ text_literal(column.data_type) }},
        {{ text_literal(column.description) }}
    ){{ ',' if not loop.last }}
    {%- endfor %}
)

select * from columns
order by relation, position
