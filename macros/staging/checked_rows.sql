{#
Every raw row of a contract table, in the contract's types, with what became of it. Three steps, a
file each:

    own_rules       what a row breaks by itself
    session_rules   where it stands in its session
    key_rules       what the rows of one key make of each other

    row_outcome   accepted, duplicate, not_known (known_at.sql), gone (derived_rows.sql), or why the
                  row is in quarantine
    own_reason    what own_rules says; NULL for nothing
    row_text      the whole row as it came, as JSON, if it has an own_reason. What another row
                  holds could be read, so that its columns tell.
    feed          the adapter that the row comes from, or contract
    session_key   of tables whose rows belong to a session
    build_number  the build that last checked the row
    source_file, source_modified_at, loaded_in_build
                  the file that it came in, when that had last changed as it was read, and the build
                  that read it
    moved_from    of messages when they were sent, where session_rules took them as of another instant

Few keys come twice: only their rows are compared with each other, all others pass by. An incremental
build checks new rows and stored ones that new rows or sessions may judge otherwise (rows_to_check),
each with all others of its key.
#}
{% macro checked_rows(table_name) %}
{%- set table = contract()[table_name] -%}
{%- set columns = contract_columns(table_name) | list -%}
{%- set origin = ['feed', 'source_file', 'source_modified_at', 'loaded_in_build'] -%}
{%- set read = ['key_value', 'own_reason', 'row_text'] + origin + columns -%}
{%- set is_moved = "row_outcome = 'accepted' and moved_to is not null" -%}
{%- set shown = {table.time: 'case when ' ~ is_moved ~ ' then moved_to else ' ~ table.time ~ ' end'
    if table.refused_while_closed else table.time} -%}
{%- set judged_anew = may_be_judged_anew(table) if is_incremental_build() or not execute -%}
{%- set judged = ['own_reason', 'row_text'] + origin
    + (['session_key'] if table.session_rows else [])
    + (['moved_to'] if table.refused_while_closed else []) + columns -%}
with {{ differences_first(table_name) }} new_rows as {{ not_materialized() }} (
    {{ new_rows(table_name) | indent(4) }}
),
{% if is_incremental_build() %}
stored_rows as {{ not_materialized() }} (
    select
        {{ star(without=['build_number'], replaced=as_it_came(table)) }},
        {{ stored_key(table) }} as key_value
    from {{ this }}
    {{ "where row_outcome != 'gone'" if are_rows_derived_anew() }}
),
{{ gone_rows_next(table_name) }}

keys_to_check as {{ materialized() }} (
    select key_value from new_rows
    where key_value is not null
    union distinct
    select key_value from stored_rows
    where
        own_reason is null
        and key_value is not null
        and ({{ judged_anew | indent(8) }})
    {{ 'union distinct select key_value from gone_rows' if are_rows_derived_anew() }}
),

stored_rows_to_check as {{ materialized() }} (
    select stored_rows.*
    from stored_rows
    inner join keys_to_check
        on stored_rows.key_value = keys_to_check.key_value
    {{ 'where not ' ~ is_other_row(table_name) if are_rows_derived_anew() }}
),
{% endif %}
repeated_keys as {{ materialized() }} (
    select key_value from new_rows
    where key_value is not null
    group by key_value
    having count(*) > 1
    {%- if is_incremental_build() %}
    union distinct
    select key_value from stored_rows_to_check
    {%- endif %}
),

rows_of_single_keys as {{ not_materialized() }} (
    select new_rows.*
    from new_rows
    left join repeated_keys
        on new_rows.key_value = repeated_keys.key_value
    where repeated_keys.key_value is null
),

rows_of_repeated_keys as {{ not_materialized() }} (
    select new_rows.{{ read | join(', new_rows.') }}
    from new_rows
    inner join repeated_keys
        on new_rows.key_value = repeated_keys.key_value
    {%- if is_incremental_build() %}
    union all
    select {{ read | join(', ') }}
    from stored_rows_to_check
    {%- endif %}
),

single_rows as (
    {{ session_rules(table_name, 'rows_of_single_keys') | indent(4) }}
),

repeated_rows as (
    {{ session_rules(table_name, 'rows_of_repeated_keys') | indent(4) }}
),

compared_rows as (
    {{ key_rules(table_name, 'repeated_rows') | indent(4) }}
),

all_rows as (
    select
        {{ judged | join(', ') }},
        coalesce(refused_for, 'accepted') as row_outcome
    from single_rows
    union all
    select
        {{ judged | join(', ') }},
        row_outcome
    from compared_rows
    {{ and_gone_rows(judged) }}
)

select
    cast({{ this_build() }} as integer) as build_number,
    row_outcome,
    own_reason,
    row_text,
    {{ origin | join(',\n    ') }},
    {%- if table.session_rows %}
    session_key,
    {%- endif %}
    {%- if table.refused_while_closed %}
    case when {{ is_moved }} then {{ table.time }} end as moved_from,
    {%- endif %}
    {%- if table.time %}
    {{ partition_day(shown[table.time]) }}
    {%- endif %}
    {%- for column in columns %}
    {{ shown[column] ~ ' as ' ~ column if column in shown else column }} {{- ',' if not loop.last }}
    {%- endfor %}
from all_rows
{% endmacro %}
