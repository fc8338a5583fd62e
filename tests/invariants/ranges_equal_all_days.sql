{{ config(tags=['duckdb_sql']) }}
-- A range function over all days gives what the aggregated mart has.
{%- set families = [
    (ref('queue_metrics'), ref('queue_metrics_aggregated')),
    (ref('contact_metrics'), ref('contact_metrics_aggregated')),
    (ref('agent_activity'), ref('agent_activity_aggregated')),
    (ref('session_metrics'), ref('session_metrics_aggregated')),
    (ref('resolution_metrics'), ref('resolution_metrics_aggregated')),
] %}
{%- for function, aggregated in families %}
select
    '{{ aggregated.identifier }}' as relation_name,
    company_id
from (
    select
        sum(side) as difference,
        columns(* exclude (side))
    from (
        select
            1 as side,
            *
        from {{ function }}('0001-01-01', '9999-12-31')
        union all by name
        select
            -1 as side,
            *
        from {{ aggregated }}
    ) as sides
    group by all
    having sum(side) != 0
) as only_in_one
{{ 'union all' if not loop.last }}
{%- endfor %}
