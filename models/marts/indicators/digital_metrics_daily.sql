{{ config(materialized='incremental', meta={'rebuilt_by': ['digital_activities']}) }}

{%- set dimensions = digital_dimensions() | join(', ') -%}
with totals as (
    select
        date_day, {{ dimensions }},
        {{ digital_totals() | indent(4) }}
    from {{ ref('digital_activities') }}
    {{ on_touched_days(['digital_activities']) }}
    group by date_day, {{ dimensions }}
)

select
    *,
    {{ digital_rates() }}
from totals
