{# An agent contact has no id in the source: it is the n-th of its session. #}
{% macro agent_contact_id(session_id, contact_number) -%}
    {{ session_id }} || '#' || {{ contact_number }}
{%- endmacro %}
