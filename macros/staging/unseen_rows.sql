{# Raw rows that no build has loaded, read as the contract's types and checked by themselves. #}

{#
The rows of `relations` (see source_relations) in the contract's types, with key_value (the key as
one text), own_reason and row_text (see checked_rows) and source_file. Of a file that has changed
since it was loaded only rows that aren't in `stored`, the checked table, as often.
#}
{% macro unseen_rows(table_name, relations, stored=none) %}
{%- set rows = parsed_rows(table_name, relations) -%}
{%- set table = contract()[table_name] -%}
{%- set content = hash_of(contract_columns(table_name) | list + ['row_text']) -%}
{%- if not stored or not relations | selectattr('is_changed') | list %}
select {{ star(without=['is_changed_source']) }}
from (
    {{ rows | indent(4) }}
)
{%- else %}
with parsed_rows as {{ made_where_read() }} (
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
    from parsed_rows
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
from parsed_rows
where not is_changed_source
{%- endif %}
{% endmacro %}

{% macro parsed_rows(table_name, relations) %}
{%- set table = contract()[table_name] -%}
{%- set columns = contract_columns(table_name) -%}
{%- set source = contract_source(table_name, relations) -%}
select
    key_value,
    own_reason,
    case when own_reason is not null then {{ row_as_text(columns) }} end as row_text,
    {%- for column in columns %}
    typed_{{ column }} as {{ column }},
    {%- endfor %}
    feed,
    source_file,
    is_changed_source
from (
    select
        *,
        case
            {{- own_rules(table_name) | indent(8) }}
        end as own_reason
    from (
        select
            *,
            {%- for column, type in columns.items() %}
            {{ typed_value(column, type, column in source.native) }} as typed_{{ column }},
            {%- endfor %}
            {{ comparable_key(table, source.native) }} as key_value
        from (
            {{ source.sql | indent(12) }}
        )
        {{ until_as_of(table_name, source) }}
    ) as parsed
)
{% endmacro %}

{# The rules that a row keeps or breaks by itself, in the order in which they are named. #}
{% macro own_rules(table_name) %}
{%- set table = contract()[table_name] -%}
{%- set columns = contract_columns(table_name) -%}
{%- for column in table.key %}
    when parsed.{{ column }} is null then 'missing_key'
{%- endfor %}
{%- if table.time %}
    when parsed.{{ table.time }} is null then 'missing_timestamp'
{%- endif %}
{%- for column in table.references or [] %}
    when parsed.{{ column }} is null then 'missing_reference'
{%- endfor %}
{%- for column, type in columns.items() if type == 'timestamp' %}
    when {{ is_unreadable(column, type) }} then 'bad_timestamp'
{%- endfor %}
{%- for column, type in columns.items() if type not in ('timestamp', 'text') %}
    when {{ is_unreadable(column, type) }} then 'bad_value'
{%- endfor %}
{%- for condition, required in (table.required or {}).items() %}
{%- for column in required %}
    when {{ condition }} and parsed.{{ column }} is null then 'bad_value'
{%- endfor %}
{%- endfor %}
{%- for condition, words_of in (table.words or {}).items() %}
{%- for column, words in words_of.items() %}
    when {{ condition }} and parsed.{{ column }} not in ('{{ words | join("', '") }}')
        then 'bad_value'
{%- endfor %}
{%- endfor %}
{%- for column, type in columns.items() if type is mapping and type.range is defined %}
    when parsed.typed_{{ column }} not between {{ type.range[0] }} and {{ type.range[1] }}
        then '{{ column }}_out_of_range'
{%- endfor %}
{% endmacro %}

{# The key as one text; NULL where a part of it is missing. An instant is the same however it is
   written. #}
{% macro comparable_key(table, native) %}
    {% set parts = parts_of_feed(table) %}
    {% for column in table.key %}
        {% if table.columns[column] == 'timestamp' %}
            {% set instant = typed_value(column, 'timestamp', column in native) %}
            {% do parts.append(
                'coalesce(cast(' ~ instant ~ ' as string), cast(' ~ column ~ ' as string))'
            ) %}
        {% else %}
            {% do parts.append(column) %}
        {% endif %}
    {% endfor %}
    {% do return(parts | join(" || '|' || ")) %}
{% endmacro %}

{# What begins a key that each of several feeds has for itself, as their ids begin with their names. #}
{% macro parts_of_feed(table) %}
    {% do return(['feed'] if table.is_of_feed and feeds() | length > 1 else []) %}
{% endmacro %}

{# Where as_of is set, later rows are as if they weren't there. `source`: see contract_source. #}
{% macro until_as_of(table_name, source) -%}
    {%- set event_time = contract()[table_name].time -%}
    {%- if var('as_of') and event_time -%}
    where coalesce(
        {{ typed_value(event_time, 'timestamp', event_time in source.native) }}
        <= {{ as_of_instant() }},
        true
    )
    {%- endif -%}
{%- endmacro %}
