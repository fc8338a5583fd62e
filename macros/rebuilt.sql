{# What data tests look at: of an incremental build the rows that it rebuilt, so that the tests of a
   day cost what the day costs. Rows that no build touches were tested by the last one. #}

{#
A relation, or its rebuilt rows. `rebuilt_by` and `day`: to look at the rows that other marts or facts
depend on, see is_touched; without them at those that this build wrote.
#}
{% macro rebuilt(relation, rebuilt_by=none, day='date_day') -%}
    {%- if not execute or not is_incremental_build() -%}
        {%- do return(relation) -%}
    {%- endif -%}
    {%- set node = graph.nodes.get('model.' ~ project_name ~ '.' ~ relation.identifier, {}) -%}
    {%- set config = node.get('config', {}) -%}
    {%- if config.get('materialized') == 'incremental' and not rebuilt_by -%}
        {%- do return(relation_in('rebuilt', relation.identifier)) -%}
    {%- endif -%}
    {%- set rebuilt_by = rebuilt_by or config.get('meta', {}).get('rebuilt_by') -%}
    {%- if not rebuilt_by -%}
        {%- do return(relation) -%}
    {%- endif -%}
    (select * from {{ relation }} as rebuilt where {{ is_touched(rebuilt_by, day) }})
{%- endmacro %}

{# The same as a further condition, where a day and its agent are in two relations. #}
{% macro and_touched(facts, day) -%}
    {%- set condition = is_touched(facts, day) -%}
    {%- if is_incremental_build() -%} and {{ condition }} {%- endif -%}
{%- endmacro %}

{# dbt's hook for what a generic test reads. #}
{% macro get_where_subquery(relation) -%}
    {%- set rows = rebuilt(relation) -%}
    {%- set condition = config.get('where') -%}
    (select * from {{ rows }} as tested {{- ' where ' ~ condition if condition }}) as dbt_subquery
{%- endmacro %}
