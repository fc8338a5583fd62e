{# What dbt asks of the adapter, where the project's answer on Spark is another one than dbt-spark's. #}

{# The contracts' types have DuckDB's names. #}
{% macro spark__cast(expression, data_type) -%}
    cast({{ expression }} as {{ 'string' if data_type == 'varchar' else data_type }})
{%- endmacro %}

{# dbt-spark knows its own strategies only; rebuild is the project's (macros/incremental.sql). #}
{% macro dbt_spark_validate_get_incremental_strategy(raw_strategy, file_format) %}
    {% do return(raw_strategy) %}
{% endmacro %}

{# A table, split by day where it is kept (meta: day): a day's rows in one file, or in several of
   some size, instead of in one of each task. #}
{% macro spark__create_table_as(temporary, relation, compiled_code, language='sql') -%}
    {%- if temporary -%}
        {{ create_temporary_view(relation, compiled_code) }}
    {%- else -%}
        {%- if config.get('contract').enforced -%}
            {{ get_assert_columns_equivalent(compiled_code) }}
            {%- set compiled_code = get_select_subquery(compiled_code) -%}
        {%- endif -%}
        {%- set day = config.get('meta', {}).get('day') -%}
        create table {{ relation }} using parquet {{ 'partitioned by (' ~ day ~ ')' if day }} as
        {%- if day %}
        select /*+ rebalance({{ day }}) */ * from (
            {{ compiled_code }}
        )
        {%- else %}
        {{ compiled_code }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# Built aside and renamed: some models read their own last rows, and readers miss a table for the
   moment of the renaming only. #}
{% materialization table, adapter='spark' %}
    {% set built = this.incorporate(type='table') %}
    {% set aside = built.incorporate(path={'identifier': this.identifier ~ '__new'}) %}
    {{ run_hooks(pre_hooks) }}
    {% do run_query('drop table if exists ' ~ aside) %}
    {% call statement('main') %}
        {{ create_table_as(false, aside, compiled_code) }}
    {% endcall %}
    {% set former = load_relation(this) %}
    {% if former is not none %}
        {% do adapter.drop_relation(former) %}
    {% endif %}
    {% do run_query('alter table ' ~ aside ~ ' rename to ' ~ built) %}
    {{ run_hooks(post_hooks) }}
    {% do return({'relations': [built]}) %}
{% endmaterialization %}
