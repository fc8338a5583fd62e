{{ config(
    materialized='incremental',
    meta={'touched_by': 'session_id', 'day': 'closed_date', 'touches': 'days'},
) }}

select
    sessions.session_id,
    closes.close_number,
    {{ agent_contact_id('sessions.session_id', 'nullif(closes.contact_number, 0)') }}
        as agent_contact_id,
    closes.closed_by_agent_id,
    closes.is_last_close and sessions.is_closed as is_final,
    closes.closed_at,
    intervals.date_day as closed_date,
    case
        when closes.is_last_close and sessions.is_closed
            then {{ seconds_between('sessions.started_at', 'closes.closed_at') }}
    end as resolution_seconds,
    case when closes.is_last_close then hours.business_resolution_seconds end
        as business_resolution_seconds,
    intervals.date_day,
    {{ local_labels('closes.closed_at', 'intervals.utc_offset_minutes', 'intervals.date_day') }}
from {{ ref('session_closes') }} as closes
inner join {{ ref('sessions') }} as sessions
    on closes.session_key = sessions.session_key
left join {{ ref('session_hours') }} as hours
    on sessions.session_key = hours.session_key
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'closes.closed_at', 'sessions.time_zone') }}
