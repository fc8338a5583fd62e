{{ config(
    materialized='incremental', meta={'touched_by': ['fct_evaluations'], 'day': 'date_day'}
) }}

{%- set dimensions = survey_dimensions() | join(', ') -%}
with totals as (
    select
        session_date as date_day,
        {{ dimensions }},
        {{ survey_totals() | indent(4) }}
    from {{ of_touched_days(ref('fct_evaluations'), ['fct_evaluations'], 'session_date') }}
    group by session_date, {{ dimensions }}
)

select
    *,
    {{ survey_rates() }}
from totals
