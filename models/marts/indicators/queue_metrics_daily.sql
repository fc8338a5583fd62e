{{ config(
    materialized='incremental', meta={'touched_by': ['queue_leg_facts'], 'day': 'date_day'}
) }}

{%- set dimensions = queue_dimensions() | join(', ') -%}
with totals as (
    select
        queued_date as date_day,
        {{ dimensions }},
        {{ queue_totals() | indent(4) }}
    from {{ of_touched_days(ref('queue_leg_facts'), ['queue_leg_facts'], 'queued_date') }}
    group by queued_date, {{ dimensions }}
)

select
    *,
    {{ queue_rates() }}
from totals
