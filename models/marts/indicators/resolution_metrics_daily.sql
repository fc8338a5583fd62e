{{ config(
    materialized='incremental', meta={'touched_by': ['fct_resolutions'], 'day': 'date_day'}
) }}

{%- set dimensions = resolution_dimensions() | join(', ') -%}
with totals as (
    select
        date_day,
        {{ dimensions }},
        {{ resolution_totals() | indent(4) }}
    from {{ of_touched_days(ref('fct_resolutions'), ['fct_resolutions']) }}
    group by date_day, {{ dimensions }}
)

select
    *,
    {{ resolution_rates() }}
from totals
