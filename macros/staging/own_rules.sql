{# The first step of checked_rows: what a row breaks by itself. #}

{#
Raw rows (`rows`: what stands after "from", see raw) in the contract's types, with

    key_value    the key as one text; NULL where a part of it is missing
    own_reason   the first rule that the row breaks whatever else there is; NULL for none
    row_text     the row as it came, as JSON, where it has an own_reason

and source_file, source_modified_at and is_changed_source. `native`: see native_columns; `handed_on`:
further columns of the rows.
#}
{% macro own_rules(table_name, rows, native, handed_on=[]) %}
{%- set table = contract()[table_name] -%}
{%- set columns = contract_columns(table_name) -%}
{%- set emptied = {} -%}
{%- for column, type in columns.items() if type != 'text' and column not in native -%}
    {%- do emptied.update({column: without_words_for_nothing(column)}) -%}
{%- endfor -%}
select
    key_value,
    own_reason,
    case when own_reason is not null then {{ row_as_text(columns) }} end as row_text,
    {%- for column in columns %}
    typed_{{ column }} as {{ column }},
    {%- endfor %}
    {%- for column in handed_on %}
    {{ column }},
    {%- endfor %}
    feed,
    source_file,
    source_modified_at,
    is_changed_source
from (
    select
        *,
        case
            {%- for rule in own_reasons(table_name) %}
            when {{ rule.condition }} then '{{ rule.reason }}'
            {%- endfor %}
        end as own_reason
    from (
        select
            *,
            {%- for column, type in columns.items() %}
            {{ typed_value(column, type, column in native) }} as typed_{{ column }},
            {%- endfor %}
            {{ raw_key(table, native) }} as key_value
        from (
            select {{ star(replaced=emptied) }}
            from {{ rows | indent(12) }}
        )
        {{ until_as_of(table, native) }}
    ) as parsed
)
{% endmacro %}

{# The key of a raw row. An instant or a number is the same however it is written. #}
{% macro raw_key(table, native) %}
    {% set parts = parts_of_feed(table) %}
    {% for column in table.key %}
        {% set type = table.columns[column] %}
        {% if holds_every_text(type) %}
            {% do parts.append(column) %}
        {% else %}
            {% do parts.append(
                'coalesce(cast(' ~ typed_value(column, type, column in native) ~ ' as string), cast('
                ~ column ~ ' as string))'
            ) %}
        {% endif %}
    {% endfor %}
    {% do return(parts | join(" || '|' || ")) %}
{% endmacro %}

{# What begins a key that each of several feeds has for itself, as their ids begin with their names. #}
{% macro parts_of_feed(table) %}
    {% do return(['feed'] if table.is_of_feed and has_several_feeds() else []) %}
{% endmacro %}

{# Where as_of is set, later rows are as if they weren't there. #}
{% macro until_as_of(table, native) -%}
    {%- if var('as_of') and table.time -%}
    where coalesce(
        {{ typed_value(table.time, 'timestamp', table.time in native) }} <= {{ as_of_instant() }},
        true
    )
    {%- endif -%}
{%- endmacro %}
