{{ config(
    materialized='incremental',
    meta={'touched_by': 'session_id', 'day': 'date_day', 'touches': 'days'},
) }}

with answers as (
    select distinct
        session_key,
        request_id
    from {{ ref('evaluations_to_build') }}
    where request_id is not null
)

select
    requests.request_id,
    sessions.session_id,
    sessions.company_id,
    sessions.channel_id,
    requests.agent_id,
    {{ kind_of_evaluation('requests.') }} as kind,
    case when measured.has_evaluations then answers.request_id is not null end as is_answered,
    requests.sent_at,
    intervals.date_day
from {{ ref('survey_requests_to_build') }} as requests
inner join {{ ref('sessions') }} as sessions
    on requests.session_key = sessions.session_key
inner join {{ ref('measured_tables') }} as measured
    on sessions.feed = measured.feed
left join answers
    on requests.session_key = answers.session_key
    and requests.request_id = answers.request_id
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'requests.sent_at', 'sessions.time_zone') }}
