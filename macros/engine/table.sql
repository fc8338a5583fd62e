{# A table, replaced in one step. dbt-duckdb's own makes it under another name, renames the former one
   and the new one, and drops the former: four queries. #}
{% materialization table, adapter='duckdb' %}
    {% set relation = this.incorporate(type='table') %}
    {% set former = load_cached_relation(this) %}
    {% if former is not none and not former.is_table %}
        {% do adapter.drop_relation(former) %}
    {% endif %}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main') %}
        {{ modules.re.sub(
            'create +table', 'create or replace table',
            create_table_as(false, relation, compiled_code), count=1
        ) }}
    {% endcall %}
    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}
    {% do return({'relations': [relation]}) %}
{% endmaterialization %}
