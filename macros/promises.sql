{# The clocks of promises (macros/business_hours.sql has the time of calendars). #}

{# The reading of a clock at an instant: microseconds of the wall, or the open ones of a calendar,
   which `name` has been joined with (join_open_time). #}
{% macro running_microseconds(name, calendar, instant) -%}
    case
        when {{ calendar }} is null then {{ microseconds_of(instant) }}
        else {{ open_microseconds(name, instant) }}
    end
{%- endmacro %}

{# When so much time has passed on a clock since its start, at which its reading was `position`.
   `name`: what the total of both was joined with (join_reached). #}
{% macro instant_due(name, calendar, started_at, position, microseconds) -%}
    case
        when {{ microseconds }} = 0 then {{ started_at }}
        when {{ calendar }} is null then {{ microseconds_after(started_at, microseconds) }}
        else {{ instant_reached(name, '(' ~ position ~ ' + ' ~ microseconds ~ ')') }}
    end
{%- endmacro %}
