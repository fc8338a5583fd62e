{{ config(materialized='incremental', meta={'touched_by': ['session_facts'], 'day': 'date_day'}) }}

{%- set dimensions = session_dimensions() | join(', ') -%}
with totals as (
    select
        {{ dimensions }},
        session_date as date_day,
        {{ session_totals() | indent(4) }}
    from {{ of_touched_days(ref('fct_sessions'), ['session_facts'], 'session_date') }}
    group by {{ dimensions }}, session_date
)

select
    *,
    {{ session_rates() }}
from totals
