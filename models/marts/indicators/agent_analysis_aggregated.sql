with totals as (
    select
        company_id,
        agent_id,
        {{ agent_totals() | indent(4) }}
    from {{ ref('agent_activities') }}
    group by company_id, agent_id
)

select
    *,
    {{ agent_rates() }}
from totals
