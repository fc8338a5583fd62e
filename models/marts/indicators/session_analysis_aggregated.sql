with totals as (
    select
        company_id,
        {{ sums_of_totals(model.columns) | indent(4) }}
    from {{ ref('session_analysis_daily') }}
    group by company_id
)

select
    *,
    {{ session_rates() }}
from totals
