{# How a text becomes a value of the contract's types, and when it can't. #}

{# The value of a column, NULL where it can't be read as its type. `native`: already typed. #}
{% macro typed_value(column, type, native) %}
    {% if native and type == 'timestamp' %}
        {% do return('case when isfinite(' ~ column ~ ') then ' ~ column ~ ' end') %}
    {% elif native or holds_every_text(type) %}
        {% do return(column) %}
    {% elif type == 'timestamp' %}
        {% do return(utc_timestamp(column)) %}
    {% elif type == 'boolean' %}
        {% do return('try_cast(' ~ column ~ ' as boolean)') %}
    {% endif %}
    {% do return(whole_number(column)) %}
{% endmacro %}

{# True of the types whose column holds whatever came, be it right or wrong. #}
{% macro holds_every_text(type) %}
    {% do return(type in ('text', 'time_zone') or type.enum is defined) %}
{% endmacro %}

{# True where a column holds something that isn't of its type. #}
{% macro is_unreadable(column, type) %}
    {% if type == 'time_zone' %}
        {% do return('not ' ~ is_time_zone('parsed.' ~ column)) %}
    {% elif type is mapping and type.enum is defined %}
        {% do return("parsed." ~ column ~ " not in ('" ~ type.enum | join("', '") ~ "')") %}
    {% endif %}
    {% do return('parsed.' ~ column ~ ' is not null and parsed.typed_' ~ column ~ ' is null') %}
{% endmacro %}

{# True for a name of the IANA database. The engine knows a few more, which mean something else
   than people think: BST is Bangladesh's. #}
{% macro is_time_zone(name) -%}
    ({{ name }} in (
        select name
        from pg_timezone_names()
        where
            name not in ('Canada/East-Saskatchewan', 'US/Pacific-New')
            and not starts_with(name, 'SystemV/')
            and not (
                regexp_full_match(name, '[A-Z]{3}')
                and name not in (
                    'CET', 'EET', 'EST', 'GMT', 'HST', 'MET', 'MST', 'PRC', 'ROC', 'ROK', 'UCT',
                    'UTC', 'WET'
                )
            )
    ))
{%- endmacro %}

{# An ISO 8601 text as a UTC timestamp: an offset is honoured, none means UTC. NULL where it is
   none, also for what the engine would accept besides (infinity, epoch, dates BC, zone names). #}
{% macro utc_timestamp(column) %}
    {%- set date = '[0-9]{4}-[0-9]{2}-[0-9]{2}' -%}
    {%- set offset = '(Z|[+-][0-9]{2}(:?[0-9]{2})?)?' -%}
    make_timestamp(epoch_us(
            case
                when starts_with({{ column }}, '0000') then null
                when regexp_full_match(
                    {{ column }}, '{{ date }}([T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?{{ offset }})?'
                )
                    then try_cast({{ column }} as timestamptz)
                when regexp_full_match({{ column }}, '{{ date }}[T ][0-9]{2}:[0-9]{2}{{ offset }}')
                    then try_cast(
                        left({{ column }}, 16) || ':00' || substr({{ column }}, 17) as timestamptz
                    )
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
