{{ config(materialized='incremental', meta={'touched_by': 'session_id', 'day': 'queued_date'}) }}

select
    sessions.session_id,
    sessions.company_id,
    legs.skill_id,
    legs.outcome,
    legs.is_before_first_acceptance,
    legs.leg_number,
    legs.queued_at,
    local_days.date_day as queued_date,
    legs.ended_at,
    legs.queue_seconds
from {{ ref('queue_legs') }} as legs
inner join {{ ref('sessions') }} as sessions
    on legs.session_key = sessions.session_key
left join {{ ref('local_days') }} as local_days
    on {{ in_local_day('local_days', 'legs.queued_at', 'sessions.time_zone') }}
