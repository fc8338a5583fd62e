{# A variable that gives texts a meaning each, as rows: what an adapter's seed says is said otherwise, or
   added to. `text`: the column of the texts. #}
{% macro variable_rows(variable, text) -%}
    {%- for given, meaning in var(variable).items() %}
    select {{ text_literal(given) }} as {{ text }}, {{ text_literal(meaning) }} as meaning
    union all
    {%- endfor %}
    select cast(null as varchar) as {{ text }}, cast(null as varchar) as meaning where false
{%- endmacro %}
