{{ config(materialized='range_function', contract={'enforced': false}) }}

with totals as (
    select
        company_id,
        {{ session_totals() | indent(4) }}
    from {{ ref('fct_sessions') }}
    where session_date between cast(from_date as date) and cast(to_date as date)
    group by company_id
)

select
    *,
    {{ session_rates() }}
from totals
