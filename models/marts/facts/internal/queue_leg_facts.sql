{{ config(materialized='incremental', meta={
    'touched_by': 'session_id', 'day': 'queued_date', 'touches': 'days',
}) }}

select
    sessions.session_id,
    sessions.company_id,
    legs.skill_id,
    coalesce(sessions.campaign_id, skills.campaign_id) as campaign_id,
    sessions.channel_id,
    sessions.direction,
    legs.outcome,
    legs.result,
    legs.entered_by,
    legs.is_before_first_acceptance,
    legs.queue_seconds <= legs.service_level_seconds as is_within_service_level,
    legs.leg_number,
    legs.queued_at,
    intervals.date_day as queued_date,
    intervals.interval_started_at,
    intervals.utc_offset_minutes,
    legs.ended_at,
    legs.service_level_seconds,
    legs.short_abandon_seconds,
    legs.queue_seconds,
    hours.business_queue_seconds
from {{ ref('queue_legs') }} as legs
inner join {{ ref('sessions') }} as sessions
    on legs.session_key = sessions.session_key
left join {{ ref('stg_skills') }} as skills
    on legs.skill_id = skills.skill_id
left join {{ ref('leg_hours') }} as hours
    on legs.session_key = hours.session_key
    and legs.leg_number = hours.leg_number
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'legs.queued_at', 'sessions.time_zone') }}
