{%- set dimensions = session_dimensions() | join(', ') -%}
with totals as (
    select
        {{ dimensions }},
        {{ sums_of_totals(model.columns) | indent(4) }}
    from {{ ref('session_metrics_daily') }}
    group by {{ dimensions }}
)

select
    *,
    {{ session_rates() }}
from totals
