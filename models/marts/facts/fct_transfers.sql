{{ config(
    materialized='incremental',
    meta={'touched_by': 'session_id', 'day': 'date_day', 'touches': 'days'},
) }}

select
    sessions.session_id,
    sessions.company_id,
    transfers.agent_id as from_agent_id,
    coalesce(
        transfers.handed_over_skill_id,
        case
            when transfers.has_current_skill then transfers.current_skill_id
            else sessions.first_skill_id
        end
    ) as from_skill_id,
    transfers.received_by_agent_id as to_agent_id,
    transfers.received_skill_id as to_skill_id,
    transfers.received_contact_number is not null as is_received,
    transfers.event_position as transfer_number,
    transfers.occurred_at as transferred_at,
    intervals.date_day,
    {{ local_labels(
        'transfers.occurred_at', 'intervals.utc_offset_minutes', 'intervals.date_day'
    ) }}
from {{ ref('transfers') }} as transfers
inner join {{ ref('sessions') }} as sessions
    on transfers.session_key = sessions.session_key
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'transfers.occurred_at', 'sessions.time_zone') }}
