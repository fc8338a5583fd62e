{%- set dimensions = resolution_dimensions() | join(', ') -%}
with totals as (
    select
        {{ dimensions }},
        {{ sums_of_totals(model.columns) | indent(4) }}
    from {{ ref('resolution_metrics_daily') }}
    group by {{ dimensions }}
)

select
    *,
    {{ resolution_rates() }}
from totals
