{# The number or address of who called; NULL where the network says instead of one that it tells none.
   All who withhold their numbers would else be one customer, who calls again and again. #}
{% macro known_caller(address) -%}
    case
            when lower(regexp_replace({{ address }}, '^(sips?|tel):|@anonymous[.]invalid$', '', 'g')) not in (
                'anonymous', 'private', 'restricted', 'unavailable', 'unknown', 'withheld'
            )
                then {{ address }}
        end
{%- endmacro %}
