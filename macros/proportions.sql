{# Ratios: NULL where the denominator is 0 or NULL. Never averaged: a ratio over a wider grain is
   computed from the sums of its two columns. #}

{# 0 to 1. #}
{% macro proportion(numerator, denominator) -%}
    cast({{ numerator }} as double) / nullif({{ denominator }}, 0)
{%- endmacro %}

{# In the unit of the total. #}
{% macro average(total, count) -%}
    cast({{ total }} as double) / nullif({{ count }}, 0)
{%- endmacro %}
