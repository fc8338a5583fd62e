{{ config(
    materialized='incremental', meta={'touched_by': ['fct_agent_contacts'], 'day': 'date_day'}
) }}

{%- set dimensions = digital_dimensions() | join(', ') -%}
with totals as (
    select
        date_day, {{ dimensions }},
        {{ contact_totals() | indent(4) }}
    from {{ of_touched_days(ref('fct_agent_contacts'), ['fct_agent_contacts']) }}
    group by date_day, {{ dimensions }}
)

select
    *,
    {{ contact_rates() }}
from totals
