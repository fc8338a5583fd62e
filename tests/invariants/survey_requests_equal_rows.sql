-- The requests of survey_requests_daily are those that were accepted, and the answered ones those
-- that an accepted evaluation of their session names.
with requests as (
    select
        requests.session_key,
        requests.request_id
    from {{ ref('stg_survey_requests') }} as requests
),

answers as (
    select distinct
        evaluations.session_key,
        evaluations.request_id
    from {{ ref('stg_evaluations') }} as evaluations
),

counted as (
    select
        count(*) as requested_count,
        count(answers.request_id) as answered_request_count
    from requests
    left join answers
        on requests.session_key = answers.session_key
        and requests.request_id = answers.request_id
),

marts as (
    select
        coalesce(sum(requested_count), 0) as requested_count,
        coalesce(sum(answered_request_count), 0) as answered_request_count
    from {{ ref('survey_requests_daily') }}
)

select
    counted.requested_count,
    marts.requested_count as requested_count_of_days,
    counted.answered_request_count,
    marts.answered_request_count as answered_request_count_of_days
from counted
cross join marts
where
    counted.requested_count != marts.requested_count
    or counted.answered_request_count != marts.answered_request_count
