{{ config(materialized='incremental', meta={'rebuilt_by': ['fct_sessions'], 'day': 'date_day'}) }}

with totals as (
    select
        company_id,
        session_date as date_day,
        {{ session_totals() | indent(4) }}
    from {{ of_touched_days(ref('fct_sessions'), ['fct_sessions'], 'session_date') }}
    group by company_id, session_date
)

select
    *,
    {{ session_rates() }}
from totals
