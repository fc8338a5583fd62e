{# Ratios: NULL where the denominator is 0 or NULL. Never averaged: a ratio over a wider grain is
   computed from the sums of its two columns. #}

{# A part's share of the whole, from 0 to 1; NULL of nothing. #}
{% macro proportion(numerator, denominator) -%}
    cast({{ numerator }} as double) / nullif({{ denominator }}, 0)
{%- endmacro %}

{# A total shared out among so many, in the unit of the total; NULL among none. #}
{% macro average(total, count) -%}
    cast({{ total }} as double) / nullif({{ count }}, 0)
{%- endmacro %}
