{{ config(tags=['duckdb_sql']) }}
-- N19 = N4 + N13: the responses of agents and of customers are all responses.
{%- set marts = [
    ref('digital_metrics_daily'),
    ref('digital_metrics_aggregated'),
    ref('digital_metrics_by_tag_daily'),
] %}
with digital_rows as (
    {%- for relation in marts %}
    select
        '{{ relation.identifier }}' as relation_name,
        *
    from {{ built_rows(relation) }}
    {{ 'union all by name' if not loop.last }}
    {%- endfor %}
)

select
    relation_name,
    {{ digital_dimensions() | join(',\n    ') }},
    date_day,
    tag_name,
    total_response_count,
    response_count,
    agent_response_count,
    customer_response_count
from digital_rows
where
    total_response_count is distinct from agent_response_count + customer_response_count
    or response_count is distinct from total_response_count
