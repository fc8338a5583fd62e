{{ config(materialized='incremental', meta={'touched_by': ['session_facts'], 'day': 'date_day'}) }}

with totals as (
    select
        company_id,
        session_date as date_day,
        {{ session_totals() | indent(4) }}
    from {{ of_touched_days(ref('fct_sessions'), ['session_facts'], 'session_date') }}
    group by company_id, session_date
)

select
    *,
    {{ session_rates() }}
from totals
