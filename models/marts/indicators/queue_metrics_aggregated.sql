{%- set dimensions = queue_dimensions() | join(', ') -%}
with totals as (
    select
        {{ dimensions }},
        {{ sums_of_totals(model.columns) | indent(4) }}
    from {{ ref('queue_metrics_daily') }}
    group by {{ dimensions }}
)

select
    *,
    {{ queue_rates() }}
from totals
