-- In each row of the survey marts top 1 <= top 2 <= responses, bottom 2 <= responses, promoters +
-- passives + detractors = responses where there are any, the net promoter score lies between -100
-- and 100; a share lies between its bounds; and answered <= those of which that is known <=
-- requested, all of them known where every feed measures evaluations.
with figures as (
    select * from {{ ref('survey_metrics') }}('0001-01-01', '9999-12-31')
)
{%- for relation in [ref('survey_metrics_daily'), ref('survey_metrics_aggregated')] %}
select
    '{{ relation.identifier }}' as relation_name,
    company_id
from {{ built_rows(relation) }}
where
    (
        top_1_count <= top_2_count
        and top_2_count <= survey_response_count
        and bottom_2_count <= survey_response_count
        and avg_score between scale_min and scale_max
    ) is not true
    or promoter_count + passive_count + detractor_count != survey_response_count
    or (net_promoter_score between -100 and 100) = false
    or (promoter_count is null) = (kind = 'nps' and scale_min = 0 and scale_max = 10)
    or (net_promoter_score is null) != (promoter_count is null)
union all
{%- endfor %}
{%- for share in survey_shares() %}
select
    'survey_metrics' as relation_name,
    company_id
from figures
where
    (
        {{ share }}_rate_low between 0 and {{ share }}_rate + 1e-9
        and {{ share }}_rate_high between {{ share }}_rate - 1e-9 and 1
    ) is not true
union all
{%- endfor %}
select
    'survey_requests_daily' as relation_name,
    company_id
from {{ built_rows(ref('survey_requests_daily')) }}
where
    answered_request_count > measured_request_count
    or measured_request_count > requested_count
    or (answered_request_count is null) != (measured_request_count is null)
    or (
        answered_request_count is null
        and (
            select bool_and(measured.has_evaluations)
            from {{ ref('measured_tables') }} as measured
        )
    )
