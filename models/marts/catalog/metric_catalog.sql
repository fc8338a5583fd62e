with indicators (
    id, relation, column_name, name_en, name_zh, source, formula, unit, date_basis, better,
    channels, filters, known_fault
) as (
    values
    {%- for column in indicator_columns() %}
    {%- set meta = column.meta %}
    (
        {{ text_literal(meta.id) }},
        {{ text_literal(column.relation) }},
        {{ text_literal(meta.columns or column.column_name) }},
        {{ text_literal(meta.name_en or meta.label_en) }},
        {{ text_literal(meta.name_zh or meta.label_zh) }},
        {%- for field in ['source', 'formula', 'unit', 'date_basis', 'better', 'channels'] %}
        {{ text_literal(meta[field]) }},
        {%- endfor %}
        {{ text_literal(
            digital_filters() if column.relation == 'digital_metrics_daily' else meta.filters
        ) }},
        {{ text_literal(meta.known_fault) }}
    ){{ ',' if not loop.last }}
    {%- endfor %}
)

select * from indicators
-- As the documentation has them.
order by instr('SANQHOWPLRTCV', left(id, 1)), cast(substr(id, 2) as integer)
