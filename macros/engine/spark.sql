{# What dbt asks of the adapter, where the project's answer on Spark is another one than dbt-spark's. #}

{# The contracts' types have DuckDB's names. #}
{% macro spark__cast(expression, data_type) -%}
    cast({{ expression }} as {{ 'string' if data_type == 'varchar' else data_type }})
{%- endmacro %}

{# dbt-spark knows its own strategies only; rebuild is the project's (macros/incremental.sql). #}
{% macro dbt_spark_validate_get_incremental_strategy(raw_strategy, file_format) %}
    {% do return(raw_strategy) %}
{% endmacro %}
