{{ config(materialized='incremental', meta={'touched_by': 'session_id'}) }}

select
    focus.focus_id,
    {{ agent_contact_id('sessions.session_id', 'focus.contact_number') }} as agent_contact_id,
    sessions.session_id,
    focus.agent_id,
    focus.started_at,
    focus.ended_at,
    focus.focus_seconds,
    intervals.date_day,
    {{ local_labels('focus.started_at', 'intervals.utc_offset_minutes', 'intervals.date_day') }}
from {{ ref('contact_focus') }} as focus
inner join {{ ref('sessions') }} as sessions
    on focus.session_key = sessions.session_key
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'focus.started_at', 'sessions.time_zone') }}
