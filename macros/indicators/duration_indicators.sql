{# Distributions, over rows of fct_durations. #}

{# What durations are made of. #}
{% macro duration_facts() %}
    {% do return([
        'session_facts', 'queue_leg_facts', 'agent_contact_facts', 'fct_session_closes', 'turns',
    ]) %}
{% endmacro %}

{# The upper edges of the bins of duration_histogram_daily, but for the last, which has none. #}
{% macro bin_edges() %}
    {% do return([
        1, 2, 5, 10, 15, 20, 25, 30, 45, 60, 90, 120, 180, 240, 300, 600, 900, 1800, 3600, 7200,
        14400, 28800, 86400, 259200, 604800,
    ]) %}
{% endmacro %}

{# The lowest of `edges` that a value doesn't exceed, else `beyond`: halved each time, so that few
   comparisons find it. #}
{% macro upper_edge(value, edges, beyond="'infinity'") -%}
    {%- if edges | length == 0 -%}
    cast({{ beyond }} as double)
    {%- else -%}
    {%- set middle = (edges | length - 1) // 2 -%}
    case when {{ value }} <= {{ edges[middle] }}
        then {{ upper_edge(value, edges[:middle], edges[middle]) }}
        else {{ upper_edge(value, edges[middle + 1:], beyond) }} end
    {%- endif -%}
{%- endmacro %}
