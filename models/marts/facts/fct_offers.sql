{{ config(
    materialized='incremental',
    meta={'touched_by': 'session_id', 'day': 'date_day', 'touches': ['agent_id']},
) }}

select
    sessions.session_id,
    agents.company_id,
    offers.agent_id,
    offers.skill_id,
    offers.outcome,
    offers.event_position as offer_number,
    offers.offered_at,
    intervals.date_day,
    intervals.interval_started_at,
    {{ local_labels('offers.offered_at', 'intervals.utc_offset_minutes', 'intervals.date_day') }},
    offers.ended_at,
    {{ seconds_between('offers.offered_at', 'offers.ended_at') }} as ring_seconds
from {{ ref('offers') }} as offers
inner join {{ ref('sessions') }} as sessions
    on offers.session_key = sessions.session_key
inner join {{ ref('measured_groups') }} as measured
    on sessions.feed = measured.feed
    and offers.offered_at >= measured.offer_measured_from
left join {{ ref('agent_companies') }} as agents
    on offers.agent_id = agents.agent_id
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'offers.offered_at', 'agents.time_zone') }}
