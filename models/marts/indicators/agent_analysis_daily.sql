{{ config(materialized='incremental', meta={'touched_by': agent_facts(), 'day': 'date_day'}) }}

with totals as (
    select
        company_id,
        agent_id,
        date_day,
        {{ agent_totals() | indent(4) }}
    from {{ of_touched_days(ref('agent_activities'), agent_facts()) }}
    group by company_id, agent_id, date_day
)

select
    *,
    {{ agent_rates() }}
from totals
