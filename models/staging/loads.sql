-- Rows are counted where they come from, not where they were checked, so that one that got lost on
-- the way shows.
{{ config(materialized='incremental', incremental_strategy='append') }}

{%- set sources = unseen_sources(this if is_incremental() else none) %}
with sources (table_name, feed, folder, file, path, byte_count, modified_at, is_changed) as (
    values
    {%- for source in sources %}
    (
        '{{ source.table_name }}', '{{ source.feed }}', {{ text_literal(source.folder) }},
        {{ text_literal(source.file) }}, '{{ (source.path or '') | replace("'", "''") }}',
        {{ source.byte_count or 'null' }}, {{ text_literal(source.modified_at) }},
        {{ source.is_changed or false | lower }}
    ){{ ',' if not loop.last }}
    {%- else %}
    (null, null, null, null, null, null, null, null)
    {%- endfor %}
),

rows_by_path as (
    {%- for table_name, table_sources in sources | groupby('table_name') %}
    select
        '{{ table_name }}' as table_name,
        feed,
        coalesce({{ path_of_rows('source_file') }}, '') as path,
        count(*) as row_count
    from (
        {{ unseen_rows(
            table_name, source_relations(table_name, table_sources),
            checked_relation(table_name) if is_incremental() else none
        ) | indent(8) }}
    )
    group by feed, source_file
    {{ 'union all' if not loop.last }}
    {%- else %}
    select '' as table_name, '' as feed, '' as path, 0 as row_count
    {%- endfor %}
)

select
    cast({{ this_build() }} as integer) as build_number,
    -- Where nothing is new the values above have no types.
    cast(sources.table_name as string) as table_name,
    cast(sources.feed as string) as feed,
    cast(sources.folder as string) as folder,
    cast(sources.file as string) as file,
    cast(sources.path as string) as path,
    cast(sources.byte_count as bigint) as byte_count,
    cast(sources.modified_at as timestamp) as modified_at,
    cast(sources.is_changed as boolean) as is_changed,
    cast(coalesce(rows_by_path.row_count, 0) as bigint) as row_count
from sources
left join rows_by_path
    on sources.table_name = rows_by_path.table_name
    and sources.feed = rows_by_path.feed
    and sources.path = rows_by_path.path
where sources.table_name is not null
