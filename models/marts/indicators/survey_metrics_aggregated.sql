{%- set dimensions = survey_dimensions() | join(', ') -%}
with totals as (
    select
        {{ dimensions }},
        {{ sums_of_totals(model.columns) | indent(4) }}
    from {{ ref('survey_metrics_daily') }}
    group by {{ dimensions }}
)

select
    *,
    {{ survey_rates() }}
from totals
