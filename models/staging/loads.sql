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
{%- if is_incremental() and var('adapters') %},

-- Adapters' rows are derived anew by every build: how many more there are, or fewer.
former as (
    select
        table_name,
        feed,
        sum(row_count) as row_count
    from {{ this }}
    group by table_name, feed
)
{%- endif %}

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
    cast(
        coalesce(row_counts.row_count, sources.row_count, 0)
        {{- ' - coalesce(former.row_count, 0)' if is_incremental() and var('adapters') }}
        as bigint
    ) as row_count
from sources
left join row_counts
    on sources.table_name = row_counts.table_name
    and sources.feed = row_counts.feed
    and sources.path = row_counts.file_path
{%- if is_incremental() and var('adapters') %}
left join former
    on sources.table_name = former.table_name
    and sources.feed = former.feed
{%- endif %}
