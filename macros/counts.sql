{# Additive columns. #}

{# How many rows meet a condition. #}
{% macro count_where(condition) -%}
    count(*) filter (where {{ condition }})
{%- endmacro %}

{# The sum of a column of counts. #}
{% macro total_count(column) -%}
    cast(sum({{ column }}) as bigint)
{%- endmacro %}

{# An additive figure: 0 where it was measured and nothing happened, NULL where it wasn't measured.
   `measured`: a column that is true in the rows of which the figure is known. #}
{% macro where_measured(figure, measured) -%}
    case when bool_or({{ measured }}) then coalesce({{ figure }}, 0) end
{%- endmacro %}

{# The totals of rows that hold totals already, as the days of a mart do: a sum of sums is exact, and
   a range of days is a few rows instead of all the rows behind them. Of a longest or a largest figure
   it is the longest or largest. `columns`: those of a mart as its YAML describes them; its rates are
   no totals. #}
{% macro sums_of_totals(columns, without=[]) -%}
    {%- set totals = [] %}
    {%- for name in columns
        if name.endswith(('_count', '_seconds', '_concurrency', '_total')) and 'avg_' not in name
        and name not in without %}
    {%- if name.startswith(('longest_', 'max_', 'oldest_')) %}{% set total = 'max(' ~ name ~ ')' %}
    {%- elif name.endswith(('_count', '_total')) %}{% set total = total_count(name) %}
    {%- elif name.startswith('attributed_') %}{% set total = total_nanoseconds(name) %}
    {%- elif name.startswith('mean_') %}{% set total = total_of_means(name) %}
    {%- else %}{% set total = total_seconds(name) %}
    {%- endif %}
    {%- do totals.append(total ~ ' as ' ~ name) %}
    {%- endfor %}
    {{- totals | join(',\n    ') }}
{%- endmacro %}

{# For invariants: every column of the relations that are read that can be summed. Averages and the
   longest can't. `without`: names of others that can't, such as customers, who come on several days. #}
{% macro additive_columns(without=[]) -%}
    columns(
        lambda name:
        regexp_matches(name, '(_count|_seconds|_total)$')
        and not regexp_matches(name, '^(pooled_)?avg_|^longest_')
        {%- if without %}
        and not list_contains({{ without }}, name)
        {%- endif %}
    )
{%- endmacro %}

{# The counts and sums of seconds of a relation that an outer join may have left without a row. #}
{% macro zeros_where_none(columns, relation) -%}
    {%- set totals = [] %}
    {%- for name in columns if name.endswith(('_leg_count', '_seconds')) and 'avg_' not in name %}
    {%- do totals.append('coalesce(' ~ relation ~ '.' ~ name ~ ', 0) as ' ~ name) %}
    {%- endfor %}
    {{- totals | join(',\n    ') }}
{%- endmacro %}
