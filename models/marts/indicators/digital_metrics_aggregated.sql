{%- set dimensions = digital_dimensions() | join(', ') -%}
with totals as (
    select
        {{ dimensions }},
        {{ sums_of_totals(model.columns) | indent(4) }}
    from {{ ref('digital_metrics_daily') }}
    group by {{ dimensions }}
)

select
    *,
    {{ digital_rates() }}
from totals
