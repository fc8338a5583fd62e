{#
A dimension: every id that the reference table or a fact holds, once, so that no fact is without
its dimension; an id without a row keeps its id as its name.

    stem         company, agent, team, skill, campaign, channel
    facts        the models that use the id
    attributes   further columns of the reference table
#}
{% macro dimension(stem, reference_table, facts, attributes=[]) -%}
with ids as (
    select {{ stem }}_id from {{ reference_table }}
    {%- for fact in facts %}
    union distinct
    select {{ stem }}_id from {{ fact }} where {{ stem }}_id is not null
    {%- endfor %}
)

select
    ids.{{ stem }}_id,
    coalesce(named.{{ stem }}_name, ids.{{ stem }}_id) as {{ stem }}_name
    {%- for attribute in attributes %},
    {{ attribute }}
    {%- endfor %}
from ids
left join {{ reference_table }} as named
    on ids.{{ stem }}_id = named.{{ stem }}_id
{%- endmacro %}
