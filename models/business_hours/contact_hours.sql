-- The open seconds of the first response of each agent contact that has a calendar.
with contacts as (
    select
        contacts.session_key,
        contacts.contact_number,
        contacts.accepted_at,
        conversations.first_agent_message_at,
        {{ assigned_calendar() }} as calendar_id
    from {{ ref('agent_contacts') }} as contacts
    inner join {{ ref('sessions') }} as sessions
        on contacts.session_key = sessions.session_key
    left join {{ ref('contact_conversations') }} as conversations
        on contacts.session_key = conversations.session_key
        and contacts.contact_number = conversations.contact_number
    {{ join_calendars(
        'contacts.skill_id', 'sessions.channel_id', 'sessions.company_id', 'contacts.accepted_at'
    ) | indent(4) }}
)

select
    contacts.*,
    {{ business_seconds('contacts.accepted_at', 'contacts.first_agent_message_at') }}
        as business_first_response_seconds
from contacts
{{ join_open_time('starts', 'contacts.calendar_id', 'contacts.accepted_at', kind='inner') }}
{{ join_open_time('ends', 'contacts.calendar_id', 'contacts.first_agent_message_at') }}
