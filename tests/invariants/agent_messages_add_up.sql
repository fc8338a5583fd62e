-- A15 = A16 + A17: an agent's messages and the customers' are all messages.
with agent_rows as (
    {%- for relation in [ref('agent_analysis_daily'), ref('agent_analysis_aggregated')] %}
    select
        company_id,
        agent_id,
        {{ 'date_day' if relation.identifier.endswith('_daily') else 'null as date_day' }},
        message_count,
        agent_message_count,
        customer_message_count
    from {{ built_rows(relation) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select *
from agent_rows
where message_count is distinct from agent_message_count + customer_message_count
