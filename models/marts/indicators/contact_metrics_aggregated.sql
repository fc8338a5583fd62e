{%- set dimensions = digital_dimensions() | join(', ') -%}
with totals as (
    select
        {{ dimensions }},
        {{ sums_of_totals(model.columns) | indent(4) }}
    from {{ ref('contact_metrics_daily') }}
    group by {{ dimensions }}
)

select
    *,
    {{ contact_rates() }}
from totals
