with indicators (
    id, relation, column_name, name_en, name_zh, source, formula, unit, date_basis, better,
    channels, filters, known_fault
) as (
    values
    {%- for column in indicator_columns() %}
    {%- set meta = column.meta %}
    (
        {{ text_literals([
            meta.id,
            column.relation,
            meta.columns or column.column_name,
            meta.name_en or meta.label_en,
            meta.name_zh or meta.label_zh,
            meta.source,
            meta.formula,
            meta.unit,
            meta.date_basis,
            meta.better,
            meta.channels,
            digital_filters() if column.relation == 'digital_metrics_daily' else meta.filters,
            meta.known_fault,
        ]) | join(',\n        ') }}
    ){{ ',' if not loop.last }}
    {%- endfor %}
)

select * from indicators
-- As the documentation has them.
order by instr('SANQHOWPLRTCV', left(id, 1)), cast(substr(id, 2) as integer)
