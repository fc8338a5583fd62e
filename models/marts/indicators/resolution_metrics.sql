{{ config(materialized='range_function', contract={'enforced': false}) }}

{%- set dimensions = resolution_dimensions() | join(', ') -%}
with totals as (
    select
        {{ dimensions }},
        {{ sums_of_totals(model.columns) | indent(4) }}
    from {{ ref('resolution_metrics_daily') }}
    where date_day between cast(from_date as date) and cast(to_date as date)
    group by {{ dimensions }}
)

select
    *,
    {{ resolution_rates() }}
from totals
