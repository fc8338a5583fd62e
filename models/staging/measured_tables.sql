-- One row. A table that is absent was not measured: what needs it is NULL, never 0.
select
    {%- for table_name in contract() if table_name not in required_tables() %}
    {{ 'true' if is_measured(table_name) else 'false' }}
        as has_{{ table_name | replace('raw_', '', 1) }}{{ ',' if not loop.last }}
    {%- endfor %}
