with totals as (
    select
        company_id,
        agent_id,
        {{ sums_of_totals(model.columns) | indent(4) }}
    from {{ ref('agent_activity_daily') }}
    group by company_id, agent_id
)

select
    *,
    {{ activity_rates() }}
from totals
