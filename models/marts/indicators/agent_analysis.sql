{{ config(materialized='range_function', contract={'enforced': false}) }}

with totals as (
    select
        company_id,
        agent_id,
        {{ agent_totals() | indent(4) }}
    from {{ ref('agent_activities') }}
    where date_day between cast(from_date as date) and cast(to_date as date)
    group by company_id, agent_id
)

select
    *,
    {{ agent_rates() }}
from totals
