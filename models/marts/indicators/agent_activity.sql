{{ config(materialized='range_function', contract={'enforced': false}) }}

with totals as (
    select
        company_id,
        agent_id,
        {{ sums_of_totals(model.columns) | indent(4) }}
    from {{ ref('agent_activity_daily') }}
    where date_day between cast(from_date as date) and cast(to_date as date)
    group by company_id, agent_id
)

select
    *,
    {{ activity_rates() }}
from totals
