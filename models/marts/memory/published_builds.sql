-- Filled when a build is published (scripts/contact_center/memory); every kind of build keeps it.
{{ config(
    materialized='incremental', incremental_strategy='append', full_refresh=false,
    on_schema_change='append_new_columns'
) }}

select
    cast(null as integer) as build_number,
    cast(null as timestamp) as published_at,
    cast(null as timestamp) as as_of,
    cast(null as string) as project_version,
    cast(null as string) as variables_hash,
    cast(null as string) as definitions_hash
where false
