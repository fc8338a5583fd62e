with columns (
    position, relation, column_name, label_en, label_zh, unit, data_type, description
) as (
    values
    {%- for column in public_columns() %}
    (
        cast({{ column.position }} as bigint),
        {{ text_literals([
            column.relation,
            column.column_name,
            column.meta.label_en,
            column.meta.label_zh,
            column.meta.unit,
            column.data_type,
            column.description,
        ]) | join(',\n        ') }}
    ){{ ',' if not loop.last }}
    {%- endfor %}
)

select
    relation, position, column_name, label_en, label_zh, unit, data_type, description
from columns
order by relation, position
