with totals as (
    select
        company_id,
        session_date as date_day,
        {{ session_totals() | indent(4) }}
    from {{ ref('fct_sessions') }}
    group by company_id, session_date
)

select
    *,
    {{ session_rates() }}
from totals
