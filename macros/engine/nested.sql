{# Lists and structs, where DuckDB (default__) and Spark (spark__) have other words for them. #}

{# Percentiles of a column, interpolated, as one list. #}
{% macro percentiles_of(column, proportions) -%}
    {{ adapter.dispatch('percentiles_of', 'contact_center')(column, proportions | join(', ')) }}
{%- endmacro %}

{% macro default__percentiles_of(column, proportions) -%}
    quantile_cont({{ column }}, [{{ proportions }}])
{%- endmacro %}

{% macro spark__percentiles_of(column, proportions) -%}
    percentile({{ column }}, array({{ proportions }}))
{%- endmacro %}

{# The value at a position of a list, counted from 1. #}
{% macro value_of_list(list, position) -%}
    {{ adapter.dispatch('value_of_list', 'contact_center')(list, position) }}
{%- endmacro %}

{% macro default__value_of_list(list, position) -%}
    {{ list }}[{{ position }}]
{%- endmacro %}

{% macro spark__value_of_list(list, position) -%}
    element_at({{ list }}, {{ position }})
{%- endmacro %}

{# Some values as one, for field_of to take apart. `fields`: name -> expression. #}
{% macro struct_of(fields) -%}
    {{ adapter.dispatch('struct_of', 'contact_center')(fields) }}
{%- endmacro %}

{% macro default__struct_of(fields) -%}
    { {%- for name, value in fields.items() -%}
    '{{ name }}': {{ value }} {{- ', ' if not loop.last }}
    {%- endfor -%} }
{%- endmacro %}

{% macro spark__struct_of(fields) -%}
    named_struct(
    {%- for name, value in fields.items() -%}
    '{{ name }}', {{ value }} {{- ', ' if not loop.last }}
    {%- endfor -%}
    )
{%- endmacro %}

{# One of the values of a struct. #}
{% macro field_of(struct, name) -%}
    {{ adapter.dispatch('field_of', 'contact_center')(struct, name) }}
{%- endmacro %}

{% macro default__field_of(struct, name) -%}
    struct_extract({{ struct }}, '{{ name }}')
{%- endmacro %}

{% macro spark__field_of(struct, name) -%}
    {{ struct }}.{{ name }}
{%- endmacro %}

{# Texts of a group as one, in an order. #}
{% macro joined_texts(text, separator, order_by) -%}
    {{ adapter.dispatch('joined_texts', 'contact_center')(text, separator, order_by) }}
{%- endmacro %}

{% macro default__joined_texts(text, separator, order_by) -%}
    string_agg({{ text }}, '{{ separator }}' order by {{ order_by }})
{%- endmacro %}

{% macro spark__joined_texts(text, separator, order_by) -%}
    listagg({{ text }}, '{{ separator }}') within group (order by {{ order_by }})
{%- endmacro %}
