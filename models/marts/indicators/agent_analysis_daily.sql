{{ config(materialized='incremental', meta={'rebuilt_by': agent_facts()}) }}

with totals as (
    select
        company_id,
        agent_id,
        date_day,
        {{ agent_totals() | indent(4) }}
    from {{ ref('agent_activities') }}
    {{ on_touched_days(agent_facts()) }}
    group by company_id, agent_id, date_day
)

select
    *,
    {{ agent_rates() }}
from totals
