-- A4 + A6 + A8 = 1 wherever an agent was present.
with agent_rows as (
    {%- for relation in [ref('agent_analysis_daily'), ref('agent_analysis_aggregated')] %}
    select
        company_id,
        agent_id,
        {{ 'date_day' if relation.identifier.endswith('_daily') else 'null as date_day' }},
        idle_seconds + busy_seconds + break_seconds as presence_seconds,
        idle_rate,
        busy_rate,
        break_rate
    from {{ built_rows(relation) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select *
from agent_rows
where
    presence_seconds > 0
    and (abs(idle_rate + busy_rate + break_rate - 1) <= 1e-9) is not true
