-- Filled when a build is published (scripts/contact_center/memory); every kind of build keeps it.
{{ config(
    materialized='incremental', incremental_strategy='append', full_refresh=false,
    on_schema_change='append_new_columns', meta={'latest': 'replaced_by_build'}
) }}

select
    cast(null as string) as relation,
    cast(null as date) as date_day,
    cast(null as string) as key, -- noqa: RF04
    cast(null as string) as column_name,
    cast(null as double) as value, -- noqa: RF04
    cast(null as double) as new_value,
    cast(null as integer) as published_by_build,
    cast(null as integer) as replaced_by_build,
    cast(null as string) as cause
where false
