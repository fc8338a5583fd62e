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
    {% do return(type in ('text', 'time_zone') or type.enum is defined) %}
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

{% macro as_of_instant() %}
    {% do return(utc_timestamp(text_literal(var('as_of')))) %}
{% endmacro %}
