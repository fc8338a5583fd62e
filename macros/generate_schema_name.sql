{# Schemas are named as the project names them (marts, staging, ...): the names of the marts are a
   contract. Two things go before: what the variable schema_prefix says, for a project that has this
   one as a package, else a target's schema that isn't main, so that what a developer builds in a
   shared database doesn't replace what others read. models/sources.yml says the same. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if not custom_schema_name -%}
    {{ target.schema }}
    {%- else -%}
    {{ schema_prefix() }}{{ custom_schema_name | trim }}
    {%- endif -%}
{%- endmacro %}

{# What stands before the schemas' names. #}
{% macro schema_prefix() -%}
    {{ var('schema_prefix') or ('' if target.schema == 'main' else target.schema ~ '_') }}
{%- endmacro %}
