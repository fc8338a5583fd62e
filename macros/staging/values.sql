{# How a text becomes a value of the contract's types, and when it can't. #}

{# The value of a column, NULL where it can't be read as its type. `native`: already typed. #}
{% macro typed_value(column, type, native) %}
    {% if native and type == 'timestamp' %}
        {% do return('case when isfinite(' ~ column ~ ') then ' ~ column ~ ' end') %}
    {% elif native or type in ('text', 'time_zone') or type.enum is defined %}
        {% do return(column) %}
    {% elif type == 'timestamp' %}
        {% do return(utc_timestamp(column)) %}
    {% elif type == 'boolean' %}
        {% do return('try_cast(' ~ column ~ ' as boolean)') %}
    {% endif %}
    {% do return(whole_number(column)) %}
{% endmacro %}

{# True where a column holds something that isn't of its type. #}
{% macro is_unreadable(column, type) %}
    {% if type == 'time_zone' %}
        {% do return('parsed.' ~ column ~ ' not in (select name from pg_timezone_names())') %}
    {% elif type is mapping and type.enum is defined %}
        {% do return("parsed." ~ column ~ " not in ('" ~ type.enum | join("', '") ~ "')") %}
    {% endif %}
    {% do return('parsed.' ~ column ~ ' is not null and parsed.typed_' ~ column ~ ' is null') %}
{% endmacro %}

{# An ISO 8601 text as a UTC timestamp: an offset is honoured, none means UTC. NULL where it is
   none, also for what the engine would accept besides (infinity, epoch, dates BC, zone names). #}
{% macro utc_timestamp(column) %}
    {%- set iso_8601 = '[0-9]{4}-[0-9]{2}-[0-9]{2}'
        ~ '([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?' -%}
    make_timestamp(epoch_us(
            case
                when regexp_full_match({{ column }}, '{{ iso_8601 }}')
                    then try_cast({{ column }} as timestamptz)
            end
        ))
{%- endmacro %}

{# A text as a whole number: 5 and 5.0, not 4.5. #}
{% macro whole_number(column) -%}
    try_cast(
            case
                when regexp_full_match({{ column }}, '[+-]?[0-9]+([.]0*)?')
                    then split_part({{ column }}, '.', 1)
            end as bigint
        )
{%- endmacro %}

{% macro as_of_instant() %}
    {% do return("make_timestamp(epoch_us(timestamptz '" ~ var('as_of') ~ "'))") %}
{% endmacro %}
