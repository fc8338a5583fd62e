{# Additive columns. #}

{# How many rows meet a condition. #}
{% macro count_where(condition) -%}
    count(*) filter (where {{ condition }})
{%- endmacro %}

{# The sum of a column of counts. #}
{% macro total_count(column) -%}
    cast(sum({{ column }}) as bigint)
{%- endmacro %}

{# An additive figure: 0 where it was measured and nothing happened, NULL where it wasn't measured.
   `measured`: a column that is true in the rows of which the figure is known. #}
{% macro where_measured(figure, measured) -%}
    case when bool_or({{ measured }}) then coalesce({{ figure }}, 0) end
{%- endmacro %}
