{{ config(
    materialized='incremental',
    meta={'touched_by': 'session_id', 'day': 'accepted_date', 'touches': 'days'},
) }}

with contacts as (
    select * from {{ ref('agent_contacts') }}
),

conversations as (
    select * from {{ ref('contact_conversations') }}
),

focus as (
    select
        session_key,
        contact_number,
        count(*) as focus_count,
        {{ total_seconds('focus_seconds') }} as focus_seconds
    from {{ ref('contact_focus') }}
    group by session_key, contact_number
)

select
    {{ agent_contact_id('sessions.session_id', 'contacts.contact_number') }} as agent_contact_id,
    sessions.session_key,
    sessions.session_id,
    sessions.company_id,
    sessions.company_id as session_company_id,
    contacts.agent_id,
    attributes.team_id,
    contacts.skill_id,
    coalesce(sessions.campaign_id, attributes.skill_campaign_id) as campaign_id,
    sessions.channel_id,
    sessions.customer_id,
    attributes.disposition,
    sessions.direction,
    sessions.contact_type,
    contacts.ended_by,
    sessions.is_digital,
    sessions.is_voice,
    contacts.ended_at is not null as is_ended,
    attributes.is_transferred_out,
    attributes.is_transferred_in,
    measured.has_messages as is_messages_measured,
    measured.has_focus_events as is_focus_measured,
    handling.is_hold_measured,
    handling.is_wrap_up_measured,
    handling.is_wrap_up_end_inferred,
    contacts.contact_number,
    contacts.accepted_at,
    intervals.date_day as accepted_date,
    intervals.utc_offset_minutes,
    contacts.ended_at,
    handling.wrap_up_started_at,
    handling.wrap_up_ended_at,
    {{ seconds_between('contacts.accepted_at', 'contacts.ended_at') }} as contact_seconds,
    handling.hold_seconds,
    handling.engaged_seconds,
    handling.wrap_up_seconds,
    handling.handle_seconds,
    {{ seconds_between('contacts.accepted_at', 'conversations.first_agent_message_at') }}
        as first_response_seconds,
    hours.business_first_response_seconds,
    {%- for measure in [
        'agent_message_count', 'customer_message_count', 'agent_response_count',
        'customer_response_count', 'response_seconds', 'follow_on_response_seconds',
        'business_response_count',
    ] %}
    case when measured.has_messages then coalesce(conversations.{{ measure }}, 0) end
        as {{ measure }},
    {%- endfor %}
    conversations.business_response_seconds,
    case when measured.has_focus_events then coalesce(focus.focus_count, 0) end as focus_count,
    case when measured.has_focus_events then coalesce(focus.focus_seconds, 0) end as focus_seconds
from contacts
inner join {{ ref('sessions') }} as sessions
    on contacts.session_key = sessions.session_key
left join {{ ref('contact_attributes') }} as attributes
    on contacts.session_key = attributes.session_key
    and contacts.contact_number = attributes.contact_number
inner join {{ ref('measured_tables') }} as measured
    on sessions.feed = measured.feed
left join {{ ref('contact_handling') }} as handling
    on contacts.session_key = handling.session_key
    and contacts.contact_number = handling.contact_number
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'contacts.accepted_at', 'sessions.time_zone') }}
left join {{ ref('contact_hours') }} as hours
    on contacts.session_key = hours.session_key
    and contacts.contact_number = hours.contact_number
left join conversations
    on contacts.session_key = conversations.session_key
    and contacts.contact_number = conversations.contact_number
left join focus
    on contacts.session_key = focus.session_key
    and contacts.contact_number = focus.contact_number
