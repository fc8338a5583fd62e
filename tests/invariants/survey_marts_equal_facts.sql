{{ config(tags=['duckdb_sql']) }}
-- Every total of the survey marts, of each day and of all, is the sum over the evaluations.
{%- set dimensions = survey_dimensions() | join(', ') %}
with facts as (
    select
        {{ dimensions }},
        session_date as date_day,
        count(*) as survey_response_count,
        sum(score) as score_total,
        count(*) filter (where score = scale_max) as top_1_count,
        count(*) filter (where score in (scale_max, scale_max - 1)) as top_2_count,
        count(*) filter (where score in (scale_min, scale_min + 1)) as bottom_2_count,
        case
            when kind = 'nps' and scale_min = 0 and scale_max = 10
                then count(*) filter (where score in (9, 10))
        end as promoter_count,
        case
            when kind = 'nps' and scale_min = 0 and scale_max = 10
                then count(*) filter (where score in (7, 8))
        end as passive_count,
        case
            when kind = 'nps' and scale_min = 0 and scale_max = 10
                then count(*) filter (where score between 0 and 6)
        end as detractor_count
    from {{ built_rows(ref('fct_evaluations'), ['fct_evaluations'], 'session_date') }}
    group by rollup(({{ dimensions }}), session_date)
),

marts as (
    select * from {{ built_rows(ref('survey_metrics_daily')) }}
    union all by name
    select * from {{ ref('survey_metrics_aggregated') }}
),

{{ facts_less_marts(survey_dimensions()) }}
