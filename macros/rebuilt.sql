{# What data tests look at: of an incremental build the rows that it may have replaced, so that the
   tests of a day cost what the day costs. Rows that no build touches were tested by the last one. #}

{#
A relation, or its rebuilt rows. `rebuilt_by` and `day`: see is_touched; without them as the model's
meta has it, and a model that has none is looked at whole.
#}
{% macro rebuilt(relation, rebuilt_by=none, day='date_day') -%}
    {%- set condition = rebuilt_condition(relation, rebuilt_by, day) -%}
    {%- if condition -%}
    (select * from {{ relation }} as rebuilt where {{ condition }})
    {%- else -%}
    {{ relation }}
    {%- endif -%}
{%- endmacro %}

{% macro rebuilt_condition(relation, rebuilt_by=none, day='date_day') %}
    {% if not execute or not is_incremental_build() %}
        {% do return(none) %}
    {% endif %}
    {% set node = graph.nodes.get('model.' ~ project_name ~ '.' ~ relation.identifier, {}) %}
    {% set rebuilt_by = rebuilt_by or node.get('config', {}).get('meta', {}).get('rebuilt_by') %}
    {% if rebuilt_by in ('key', 'key_or_session') %}
        {% do return('build_number = ' ~ this_build()) %}
    {% elif rebuilt_by == 'event_session' %}
        {% do return('session_key in (' ~ reordered_sessions() ~ ')') %}
    {% endif %}
    {% do return(is_touched(rebuilt_by, day) if rebuilt_by else none) %}
{% endmacro %}

{# dbt's hook for what a generic test reads. #}
{% macro get_where_subquery(relation) -%}
    {%- set conditions = [rebuilt_condition(relation), config.get('where')] | select | list -%}
    {%- if conditions -%}
    (
        select * from {{ relation }} as rebuilt
        where ({{ conditions | join(') and (') }})
    ) as dbt_subquery
    {%- else -%}
    {{ relation }}
    {%- endif -%}
{%- endmacro %}
