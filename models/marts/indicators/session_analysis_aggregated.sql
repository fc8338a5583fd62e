with totals as (
    select
        company_id,
        {{ session_totals() | indent(4) }}
    from {{ ref('fct_sessions') }}
    group by company_id
)

select
    *,
    {{ session_rates() }}
from totals
