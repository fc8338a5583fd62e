{{ config(materialized='incremental', incremental_strategy='append') }}

select
    {% if is_incremental() -%}
    (select max(build_number) + 1 from {{ this }}) as build_number,
    {%- else -%}
    1 as build_number,
    {%- endif %}
    {{ run_instant() }} as started_at,
    {{ text_literal(tojson(build_settings())) }} as build_settings
