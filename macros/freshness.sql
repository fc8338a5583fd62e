{# For `dbt source freshness`, of a source of the contract: its latest instant in that column. A clock
   that is ahead would make old data young, so that what lies beyond the tolerance isn't looked at. #}
{% macro latest_instant(column) %}
    {% if not var('data_dir') %}
        {% do exceptions.raise_compiler_error(
            "The files are those of the variable data_dir, which isn't given: "
            ~ "dbt source freshness --vars '{data_dir: path/to/folder}'. What was published, "
            ~ "wherever it came from, is looked at with --select source:last_build."
        ) %}
    {% endif %}
    {% set instant = utc_timestamp('cast(' ~ column ~ ' as string)') %}
    select max(instant)
    from (select {{ instant }} as instant from {{ this }}) as instants
    where instant <= {{ run_instant() }} + interval '{{ var("future_tolerance_hours") }} hours'
{% endmacro %}
