{# Which rows a build checks: those that no build has loaded, and stored ones that those may judge
   otherwise. #}

{# The rows that this build loads, as own_rules gives them. #}
{% macro new_rows(table_name) %}
{%- if is_rebuild_from_store() and execute -%}
    {% do return(rows_of_store(table_name)) %}
{%- endif -%}
{%- if not execute %}{% do ref('loads') %}{% endif -%}
{%- set unseen = unseen_rows(table_name, this if is_incremental_build() else none) -%}
{{ kept_aside('unseen_' ~ this.identifier, unseen) if is_incremental_build() else unseen }}
{%- endmacro %}

{#
The raw rows of this build, as own_rules gives them. Of a file that has changed since it was loaded
only rows that aren't in `stored`, the checked table, as often.
#}
{% macro unseen_rows(table_name, stored=none) %}
{%- set rows = own_rules(table_name, raw(table_name), native_columns(table_name)) -%}
{%- set table = contract()[table_name] -%}
{%- set content = hash_of(contract_columns(table_name) | list + ['row_text']) -%}
{%- if not stored or not has_changed_files(table_name) %}
select {{ star(without=['is_changed_source']) }}
from (
    {{ rows | indent(4) }}
)
{%- else %}
with read_rows as {{ made_where_read() }} (
    {{ rows | indent(4) }}
),

stored_rows as (
    select
        {{ stored_key(table) }} as key_value,
        {{ content }} as content,
        count(*) as row_count
    from {{ stored }}
    group by 1, 2
),

numbered_rows as (
    select
        *,
        {{ content }} as content,
        row_number() over (partition by key_value, {{ content }} order by source_file) as copy_number
    from read_rows
    where is_changed_source
)

select {{ star(without=['content', 'copy_number', 'is_changed_source'], relation='numbered_rows') }}
from numbered_rows
left join stored_rows
    on numbered_rows.content = stored_rows.content
    and numbered_rows.key_value is not distinct from stored_rows.key_value
where numbered_rows.copy_number > coalesce(stored_rows.row_count, 0)
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
