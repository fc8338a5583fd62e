{{ config(
    materialized='incremental', meta={'touched_by': ['digital_activities'], 'day': 'date_day'}
) }}

{%- set dimensions = digital_dimensions() | join(', ') -%}
with totals as (
    select
        date_day, {{ dimensions }},
        {{ digital_totals() | indent(4) }}
    from {{ of_touched_days(ref('digital_activities'), ['digital_activities']) }}
    group by date_day, {{ dimensions }}
)

select
    *,
    {{ digital_rates() }}
from totals
