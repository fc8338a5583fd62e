{{ config(
    materialized='incremental', meta={'touched_by': ['queue_leg_facts'], 'day': 'date_day'}
) }}

{%- set keys = ['queued_date', 'interval_started_at', 'utc_offset_minutes'] + queue_dimensions() %}
with totals as (
    select
        {{ keys | join(', ') }},
        {{ queue_totals() | indent(4) }}
    from {{ of_touched_days(ref('queue_leg_facts'), ['queue_leg_facts'], 'queued_date') }}
    group by {{ keys | join(', ') }}
)

select
    queued_date as date_day,
    {{ star(without=['queued_date', 'utc_offset_minutes']) }},
    {{ local_labels('interval_started_at', 'utc_offset_minutes', 'queued_date') }},
    {{ queue_rates() }}
from totals
