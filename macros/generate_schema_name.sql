{# Schemas are named as the project names them (marts, staging, ...), without a target's prefix:
   the names of the marts are a contract. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
