{#
Materialization for a table function over a range of days: marts.<name>(from_date, to_date). The
model's SQL uses the two parameters by name. A function holds no rows; it computes them when it is
called: from the days' totals where all of them can be summed, else from the rows behind them, so
that distinct counts are exact over any range.

DuckDB looks up a function's tables in the database in use, not in the function's own. Where the
warehouse is attached beside another, a third argument names it: warehouse := 'its name there'.
#}
{% materialization range_function, adapter='duckdb' %}
    {% set name = this.include(database=false) %}
    {% call statement('main') %}
        create schema if not exists {{ this.without_identifier().include(database=false) }};
        create or replace macro {{ name }}(from_date, to_date, warehouse := '') as table (
            {{ refusing_reversed_dates(from_named_warehouse(sql)) }}
        )
    {% endcall %}
    {% do adapter.commit() %}
    {% do return({'relations': []}) %}
{% endmaterialization %}

{% materialization range_function, adapter='spark' %}
    {% call statement('main') %}
        create or replace function {{ this }}(from_date string, to_date string)
        returns table
        return {{ sql }}
    {% endcall %}
    {% do return({'relations': []}) %}
{% endmaterialization %}

{# An error where the range ends before it begins: no row would be taken for "nothing happened". Of
   the union the planner leaves one side out, whichever it is. #}
{% macro refusing_reversed_dates(sql) %}
    with
    figures as not materialized (
        {{ sql }}
    ),
    reversed_dates as (
        select 1
        where case when cast(from_date as date) > cast(to_date as date)
            then error(
                'from_date ' || cast(from_date as varchar) || ' is after to_date '
                || cast(to_date as varchar)
            )
            else false
        end
    )
    select * from figures
    union all
    select figures.* from reversed_dates left join figures on false
{% endmacro %}

{# A function's SQL that reads its relations where the argument warehouse says, or else in the database
   in use. Nothing can be in use by accident in a connection that opened no file, so that there it
   says what to do. #}
{% macro from_named_warehouse(sql) %}
    {% set named %}
        case
            when warehouse <> '' then '"' || warehouse || '".'
            when current_database() = 'memory' and not contains(current_setting('search_path'), ',')
                then error(
                    'The warehouse is not the database in use. Name it, as in '
                    || '{{ this.identifier }}(from_date, to_date, warehouse := ''...''), or say: use ...'
                )
            else ''
        end
    {% endset %}
    {% do return(modules.re.sub(
        '"' ~ modules.re.escape(this.database) ~ '"[.]("[^"]+"[.]"[^"]+")',
        'query_table(' ~ named | trim ~ " || '\\1')",
        sql
    )) %}
{% endmacro %}
