{# By how much the sum of weights of spans changes at each instant, for each value of `keys`: a
   relation of these, changed_at and weight. #}
{% macro weight_changes(spans, keys) %}
    select
        {{ keys | join(', ') }},
        changed_at,
        sum(weight) as weight
    from (
        select
            {{ keys | join(', ') }},
            started_at as changed_at,
            weight
        from {{ spans }}
        union all
        select
            {{ keys | join(', ') }},
            ended_at as changed_at,
            -weight as weight
        from {{ spans }}
    ) as both_ends
    group by {{ keys | join(', ') }}, changed_at
{% endmacro %}
