{{ config(materialized='view', meta={'touched_by': 'session_id'}) }}

select
    sessions.session_id,
    {{ agent_contact_id('sessions.session_id', 'turns.contact_number') }} as agent_contact_id,
    turns.agent_id,
    case when turns.is_agent then 'agent' else 'customer' end as side,
    turns.is_response,
    turns.turn_number,
    turns.started_at,
    turns.ended_at,
    turns.message_count,
    turns.response_seconds,
    turns.business_response_seconds,
    turns.date_day,
    {{ local_labels('turns.started_at', 'turns.utc_offset_minutes', 'turns.date_day') }}
from {{ ref('turns') }} as turns
inner join {{ ref('stg_sessions') }} as sessions
    on turns.session_key = sessions.session_key
