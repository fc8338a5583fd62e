-- raw_evaluations of the contract, from finished surveys: the promoter score, which is 0 to 10
-- everywhere, and the form's total, whose scale only its author knows (genesys_cloud_survey_scale).
{%- set scale = (var('genesys_cloud_survey_scale') | string).split('-') %}

with surveys as (
    select
        conversation_id,
        received_at,
        unnest(surveys) as survey
    from {{ ref('genesys_cloud_conversations') }}
),

finished as (
    select
        survey['surveyid'] as survey_id,
        conversation_id,
        nullif(survey['userid'], '') as agent_id,
        coalesce(
            nullif(survey['surveycompleteddate'], ''), nullif(survey['eventtime'], '')
        ) as submitted_at,
        survey['surveypromoterscore'] as promoter_score,
        survey['osurveytotalscore'] as total_score,
        received_at
    from surveys
    where
        lower(survey['surveystatus']) = 'finished'
        or (survey['surveystatus'] is null and survey['surveycompleteddate'] is not null)
)

select
    survey_id || '/nps' as evaluation_id,
    conversation_id as session_id,
    agent_id,
    promoter_score as score,
    submitted_at,
    'nps' as kind,
    0 as scale_min,
    10 as scale_max,
    received_at as ingested_at
from finished
where promoter_score is not null
{%- if scale | length == 2 %}

union all

select
    survey_id || '/csat' as evaluation_id,
    conversation_id as session_id,
    agent_id,
    total_score as score,
    submitted_at,
    'csat' as kind,
    {{ scale[0] }} as scale_min,
    {{ scale[1] }} as scale_max,
    received_at as ingested_at
from finished
where total_score is not null
{%- endif %}
