{# Which rows a build checks: those that no build has loaded, and stored ones that those may judge
   otherwise. #}

{# The rows that this build loads, as own_rules gives them. #}
{% macro new_rows(table_name) %}
{%- if is_rebuild_from_store() and execute -%}
    {% do return(rows_of_store(table_name)) %}
{%- endif -%}
{%- if not execute %}{% do ref('loads') %}{% endif -%}
{%- if are_rows_derived_anew() -%}
    {%- set unseen = 'select ' ~ star(without=['is_changed_source']) ~ ' from ('
        ~ derived_rows(table_name) ~ ') where ' ~ is_other_row(table_name) -%}
{%- else -%}
    {%- set unseen = unseen_rows(table_name, this if is_incremental_build() else none) -%}
{%- endif -%}
select
    *,
    cast({{ this_build() }} as integer) as loaded_in_build
from (
    {{ (kept_aside('unseen_' ~ this.identifier, unseen) if is_incremental_build() else unseen)
        | indent(4) }}
)
{%- endmacro %}

{#
The raw rows of this build, as own_rules gives them. Of a file that has changed since it was loaded
only rows that aren't in `stored`, the checked table, as often; and, where the file said something else
of a key meanwhile and does so no more, what it says again.
#}
{% macro unseen_rows(table_name, stored=none) %}
{%- set rows = own_rules(table_name, raw(table_name), native_columns(table_name)) -%}
{%- set table = contract()[table_name] -%}
{%- set columns = contract_columns(table_name) | list -%}
{%- set content = hash_of(columns + ['row_text']) -%}
{%- if not stored or not has_changed_files(table_name) %}
select {{ star(without=['is_changed_source']) }}
from (
    {{ rows | indent(4) }}
)
{%- else %}
with read_rows as {{ not_materialized() }} (
    {{ rows | indent(4) }}
),

stored_rows as (
    select
        {{ stored_key(table) }} as key_value,
        {{ content }} as content,
        count(*) as row_count,
        max(case when row_outcome = 'accepted' and ingested_at is null then source_file end)
            as accepted_of_file
    from (
        select {{ star(replaced=as_it_came(table)) }} from {{ stored }}
    )
    group by 1, 2
),

numbered_rows as (
    select
        *,
        {{ content }} as content,
        row_number() over (partition by key_value, {{ content }} order by source_file) as copy_number
    from read_rows
    where is_changed_source
),

-- A delivery's file may have the name of an earlier delivery's, in a folder of its own.
taken_back as (
    select distinct
        stored_rows.key_value,
        read_files.path
    from stored_rows
    inner join {{ relation_in('staging', 'loads') }} as former_files
        on {{ path_of_rows('stored_rows.accepted_of_file') }} = former_files.path
    inner join {{ source('raw', 'files_of_this_build') }} as read_files
        on former_files.file = read_files.file
        and read_files.table_name = '{{ table_name }}'
        and read_files.is_changed
    left join numbered_rows
        on stored_rows.key_value = numbered_rows.key_value
        and stored_rows.content = numbered_rows.content
        and read_files.path = {{ path_of_rows('numbered_rows.source_file') }}
    where numbered_rows.key_value is null
)

select {{ star(without=['content', 'copy_number', 'is_changed_source'], relation='numbered_rows') }}
from numbered_rows
left join stored_rows
    on numbered_rows.content = stored_rows.content
    and numbered_rows.key_value is not distinct from stored_rows.key_value
left join taken_back
    on numbered_rows.key_value = taken_back.key_value
    and {{ path_of_rows('numbered_rows.source_file') }} = taken_back.path
where
    numbered_rows.copy_number > coalesce(stored_rows.row_count, 0)
    or (taken_back.key_value is not null and numbered_rows.copy_number = 1)
union all
select {{ star(without=['is_changed_source']) }}
from read_rows
where not is_changed_source
{%- endif %}
{% endmacro %}

{# Of rows that break no rule by themselves, those of which the outcome may change though no new row
   has their key. #}
{% macro may_be_judged_anew(table) %}
-- What lay in the future of a build need not lie in that of a later one.
(row_outcome = 'future_timestamp' and not {{ is_in_future(table) }})
{%- if table.session_rows %}
{%- for model in ['checked_sessions'] + (
    ['checked_session_events'] if table.refused_while_closed else []
) %}
or session_key in (
    select session_key from {{ ref(model) }}
    where build_number = {{ this_build() }}
)
{%- endfor %}
or (
    row_outcome = 'unknown_session'
    and session_id in (
        select session_id from {{ ref('checked_sessions') }}
        where build_number = {{ this_build() }}
    )
)
{%- endif %}
{% endmacro %}

{# Columns of a stored row that aren't as they came: a message that was moved to the instant of another
   event (session_rules). As {column: what came}. #}
{% macro as_it_came(table) %}
    {% do return({table.time: 'coalesce(moved_from, ' ~ table.time ~ ')'}
        if table.refused_while_closed else {}) %}
{% endmacro %}
