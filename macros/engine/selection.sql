{# What a select can say, where DuckDB (default__) and Spark (spark__) say it in other words. #}

{#
All columns of a relation but some, and some with another value.

    without    names of columns that are left out
    replaced   name -> expression; Spark puts these last
    relation   the alias, where there is more than one
#}
{% macro star(without=[], replaced={}, relation=none) -%}
    {{ relation ~ '.' if relation }}* {{- adapter.dispatch('star_but', 'contact_center')(without, replaced) }}
{%- endmacro %}

{% macro default__star_but(without, replaced) -%}
    {{- ' exclude (' ~ without | join(', ') ~ ')' if without -}}
    {%- if replaced %} replace (
        {%- for column, value in replaced.items() %}
        {{ value }} as {{ column }} {{- ',' if not loop.last }}
        {%- endfor %}
    )
    {%- endif -%}
{%- endmacro %}

{% macro spark__star_but(without, replaced) -%}
    {%- set left_out = without + replaced | list -%}
    {{- ' except (' ~ left_out | join(', ') ~ ')' if left_out -}}
    {%- for column, value in replaced.items() -%}
    ,
    {{ value }} as {{ column }}
    {%- endfor -%}
{%- endmacro %}

{# A window function that passes over NULLs: ignoring_nulls('last_value', 'state') over (...). #}
{% macro ignoring_nulls(function, expression) -%}
    {{ adapter.dispatch('ignoring_nulls', 'contact_center')(function, expression) }}
{%- endmacro %}

{% macro default__ignoring_nulls(function, expression) -%}
    {{ function }}({{ expression }} ignore nulls)
{%- endmacro %}

{% macro spark__ignoring_nulls(function, expression) -%}
    {{ function }}({{ expression }}) ignore nulls
{%- endmacro %}

{# Rows of CTEs, below each other; a column that one lacks is NULL there. `columns`: CTE -> names. #}
{% macro union_by_name(columns) -%}
    {%- set names = [] -%}
    {%- for name in columns.values() | sum(start=[]) if name not in names -%}
        {%- do names.append(name) -%}
    {%- endfor -%}
    {%- for relation, present in columns.items() %}
    select
        {%- for name in names %}
        {{ name if name in present else 'null as ' ~ name }} {{- ',' if not loop.last }}
        {%- endfor %}
    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# What stands after a CTE's "as": materialized() makes its rows once, not_materialized() anew
   wherever they are read. Spark decides by itself. #}
{% macro materialized() -%}
    {{ adapter.dispatch('materialized', 'contact_center')() }}
{%- endmacro %}

{% macro default__materialized() -%}
    materialized
{%- endmacro %}

{% macro spark__materialized() -%}
{%- endmacro %}

{# For a CTE that filters are to be pushed into: see materialized. #}
{% macro not_materialized() -%}
    {{ adapter.dispatch('not_materialized', 'contact_center')() }}
{%- endmacro %}

{% macro default__not_materialized() -%}
    not materialized
{%- endmacro %}

{% macro spark__not_materialized() -%}
{%- endmacro %}

{# A select that several others read. Spark would plan it again within the plan of each of them, and
   such plans fill the driver's memory: there its rows are written to a table before. #}
{% macro kept_aside(name, sql) -%}
    {{ adapter.dispatch('kept_aside', 'contact_center')(name, sql) }}
{%- endmacro %}

{% macro default__kept_aside(name, sql) -%}
    {{ sql }}
{%- endmacro %}

{% macro spark__kept_aside(name, sql) -%}
    {% set relation = relation_in('rebuilt', name) %}
    {% if flags.WHICH in ('build', 'run') %}
        {% do run_query('drop table if exists ' ~ relation) %}
        {% do run_query('create table ' ~ relation ~ ' using parquet as ' ~ sql) %}
    {% endif %}
    select * from {{ relation }}
{%- endmacro %}

{# A number that no other row of the select has. #}
{% macro row_key() -%}
    {{ adapter.dispatch('row_key', 'contact_center')() }}
{%- endmacro %}

{% macro default__row_key() -%}
    row_number() over ()
{%- endmacro %}

{# Without a sort of all rows in one task. #}
{% macro spark__row_key() -%}
    (monotonically_increasing_id() + 1)
{%- endmacro %}

{# True where some row of a relation has the same values in these columns. #}
{% macro is_among(columns, relation) -%}
    {{ adapter.dispatch('is_among', 'contact_center')(columns | join(', '), relation) }}
{%- endmacro %}

{% macro default__is_among(columns, relation) -%}
    ({{ columns }}) in (select ({{ columns }}) from {{ relation }})
{%- endmacro %}

{% macro spark__is_among(columns, relation) -%}
    ({{ columns }}) in (select {{ columns }} from {{ relation }})
{%- endmacro %}

{# A column of the day of an instant, where a table can only be kept by days (meta: day) and has no
   day of its own: on Spark. #}
{% macro partition_day(instant) -%}
    {{ adapter.dispatch('partition_day', 'contact_center')(instant) }}
{%- endmacro %}

{% macro default__partition_day(instant) -%}
{%- endmacro %}

{% macro spark__partition_day(instant) -%}
    cast({{ instant }} as date) as utc_day,
{%- endmacro %}

{# The columns by which a checked table is split: none where the engine doesn't split. #}
{% macro partition_columns() %}
    {% do return(['utc_day'] if partition_day('x') else []) %}
{% endmacro %}
