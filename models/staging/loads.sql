-- Rows are counted where they come from, not where they were checked, so that one that got lost on
-- the way shows.
{{ config(materialized='incremental', incremental_strategy='append') }}

with sources as (
    {{ sources_of_this_build() | indent(4) }}
),

new_rows as (
    {{ rows_to_count() | indent(4) }}
),

row_counts as (
    select
        table_name,
        feed,
        coalesce({{ path_of_rows('source_file') }}, '') as file_path,
        count(*) as row_count
    from new_rows
    group by table_name, feed, source_file
)

select
    cast({{ this_build() }} as integer) as build_number,
    sources.table_name,
    sources.feed,
    sources.folder,
    sources.file,
    sources.path,
    sources.byte_count,
    sources.modified_at,
    sources.is_changed,
    cast(coalesce(row_counts.row_count, sources.row_count, 0) as bigint) as row_count
from sources
left join row_counts
    on sources.table_name = row_counts.table_name
    and sources.feed = row_counts.feed
    and sources.path = row_counts.file_path
