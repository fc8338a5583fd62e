{{ config(materialized='range_function', contract={'enforced': false}) }}

{%- set dimensions = survey_dimensions() | join(', ') -%}
with totals as (
    select
        {{ dimensions }},
        {{ sums_of_totals(model.columns) | indent(4) }}
    from {{ ref('survey_metrics_daily') }}
    where date_day between cast(from_date as date) and cast(to_date as date)
    group by {{ dimensions }}
),

figures as (
    select
        *,
        {{ survey_rates() }}
    from totals
)

select
    *,
    {{ share_interval('top_1', 'survey_response_count') }},
    {{ share_interval('top_2', 'survey_response_count') }},
    {{ share_interval('bottom_2', 'survey_response_count') }}
from figures
