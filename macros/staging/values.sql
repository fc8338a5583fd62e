{# How a text becomes a value of the contract's types. #}

{# The value of a column, NULL where it can't be read as its type. `native`: already typed. #}
{% macro typed_value(column, type, native) %}
    {% if native and type == 'timestamp' %}
        {% do return(finite_instant(column)) %}
    {% elif native or holds_every_text(type) %}
        {% do return(column) %}
    {% elif type == 'timestamp' %}
        {% do return(utc_timestamp(column)) %}
    {% elif type == 'boolean' %}
        {% do return(boolean_of_text(column)) %}
    {% endif %}
    {% do return(whole_number(column)) %}
{% endmacro %}

{# The type in which a checked table holds a column. #}
{% macro stored_type(type) %}
    {% if type in ('timestamp', 'boolean') %}
        {% do return(type) %}
    {% endif %}
    {% do return('string' if type == 'text' or holds_every_text(type) else 'bigint') %}
{% endmacro %}

{# True of the types whose column holds whatever came, be it right or wrong. #}
{% macro holds_every_text(type) %}
    {% do return(type in ('text', 'time_zone', 'local_time', 'local_date')
        or type.enum is defined) %}
{% endmacro %}

{# A text as a whole number: 5 and 5.0, not 4.5. #}
{% macro whole_number(column) -%}
    try_cast(
            case
                when {{ matches_whole(column, '[+-]?[0-9]+([.]0*)?') }}
                    then split_part({{ column }}, '.', 1)
            end as bigint
        )
{%- endmacro %}

{# Whether a text is what a clock on the wall shows, HH:MM from 00:00 to 24:00. #}
{% macro is_local_time(text) %}
    {% do return(matches_whole(text, '([01][0-9]|2[0-3]):[0-5][0-9]|24:00')) %}
{% endmacro %}

{# Whether a text is a date, YYYY-MM-DD. #}
{% macro is_local_date(text) %}
    {% do return('(' ~ matches_whole(text, '[0-9]{4}-[0-9]{2}-[0-9]{2}') ~ ' and left(' ~ text
        ~ ", 4) != '0000' and try_cast(" ~ text ~ ' as date) is not null)') %}
{% endmacro %}

{# The variable as_of as an instant. #}
{% macro as_of_instant() %}
    {% do return(utc_timestamp(text_literal(var('as_of')))) %}
{% endmacro %}
