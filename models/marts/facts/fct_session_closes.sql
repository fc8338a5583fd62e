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
    local_days.date_day as closed_date,
    case
        when closes.is_last_close and sessions.is_closed
            then {{ seconds_between('sessions.started_at', 'closes.closed_at') }}
    end as resolution_seconds
from {{ ref('session_closes') }} as closes
inner join {{ ref('sessions') }} as sessions
    on closes.session_key = sessions.session_key
left join {{ ref('local_days') }} as local_days
    on {{ in_local_day('local_days', 'closes.closed_at', 'sessions.time_zone') }}
