{# A view, replaced in one step. dbt's own makes it under another name, renames the former one and the
   new one, and drops the former: four queries. #}
{% materialization view, adapter='duckdb' %}
    {% set relation = this.incorporate(type='view') %}
    {% set former = load_cached_relation(this) %}
    {% if former is not none and not former.is_view %}
        {% do adapter.drop_relation(former) %}
    {% endif %}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main') %}
        {{ create_view_as(relation, compiled_code) }}
    {% endcall %}
    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}
    {% do return({'relations': [relation]}) %}
{% endmaterialization %}

{# Its SQL names no database but one beside the warehouse, of which nothing is kept: the database's
   name is that of the file, and a file can be copied, renamed or attached under another name. #}
{% macro duckdb__create_view_as(relation, sql) %}
    {% if config.get('contract').enforced %}
        {% do get_assert_columns_equivalent(sql) %}
    {% endif %}
    {% if relation.database == target.database %}
    create or replace view {{ relation.include(database=false) }} as (
        {{ sql | replace('"' ~ target.database ~ '".', '') }}
    );
    {% else %}
    create or replace view {{ relation }} as (
        {{ sql }}
    );
    {% endif %}
{% endmacro %}
