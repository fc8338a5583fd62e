{# Durations: seconds with fractions, exact to the microsecond. NULL where an end is missing. #}

{% macro seconds_between(started_at, ended_at) -%}
    ({{ microseconds_of(ended_at) }} - {{ microseconds_of(started_at) }}) / 1e6
{%- endmacro %}

{# The sum of a column of seconds. Summed as decimals, here of whole microseconds, so that the result
   doesn't depend on the order of the rows and the same data always give the same figure. #}
{% macro total_seconds(column, where=none) -%}
    cast(
        sum(cast({{ column }} as decimal(18, 6)))
        {%- if where %} filter (where {{ where }}){% endif %} as double
    )
{%- endmacro %}

{# The sum of a column of seconds that are whole nanoseconds. #}
{% macro total_nanoseconds(column) -%}
    cast(sum(cast({{ column }} as decimal(28, 9))) as double)
{%- endmacro %}

{# The sum of a column of means of seconds, which are no whole microseconds. #}
{% macro total_of_means(column) -%}
    cast(sum(cast({{ column }} as decimal(30, 12))) as double)
{%- endmacro %}

{# A position in a session's order of events that no event has: "never". #}
{% macro beyond_every_position() %}{% do return('9223372036854775807') %}{% endmacro %}

{# The longest silence that is believed without a logout. #}
{% macro max_login_interval() -%}
    interval '{{ var("max_login_hours") }} hours'
{%- endmacro %}
