-- The open seconds of each session that has a calendar, at its start or at its first acceptance.
with waits as (
    select
        session_key,
        {{ total_seconds('business_queue_seconds') }} as business_queue_seconds
    from {{ ref('leg_hours') }}
    where is_before_first_acceptance
    group by session_key
    -- A wait of which a part has no calendar isn't known.
    having count(business_queue_seconds) = max(leg_count_before_first_acceptance)
),

sessions as (
    select
        sessions.session_key,
        sessions.started_at,
        sessions.first_accepted_at,
        conversations.first_agent_message_at,
        case when sessions.is_closed then sessions.last_closed_at end as resolved_at,
        case when sessions.is_accepted then waits.business_queue_seconds end
            as business_queue_seconds,
        {{ assigned_calendar('start_') }} as calendar_id,
        {{ assigned_calendar('acceptance_') }} as first_response_calendar_id
    from {{ ref('sessions') }} as sessions
    left join waits
        on sessions.session_key = waits.session_key
    left join {{ ref('session_conversations') }} as conversations
        on sessions.session_key = conversations.session_key
    {{ join_calendars(
        'sessions.first_skill_id', 'sessions.channel_id', 'sessions.company_id',
        'sessions.started_at', name='start_'
    ) | indent(4) }}
    {{ join_calendars(
        'sessions.first_skill_id', 'sessions.channel_id', 'sessions.company_id',
        'sessions.first_accepted_at', name='acceptance_'
    ) | indent(4) }}
)

select
    sessions.session_key,
    starts.calendar_id,
    acceptances.calendar_id as first_response_calendar_id,
    not starts.is_open as is_outside_hours,
    sessions.started_at,
    sessions.resolved_at,
    sessions.first_accepted_at,
    sessions.first_agent_message_at,
    sessions.business_queue_seconds,
    {{ business_seconds('sessions.started_at', 'sessions.resolved_at', ends='resolutions') }}
        as business_resolution_seconds,
    {{ business_seconds(
        'sessions.first_accepted_at', 'sessions.first_agent_message_at', 'acceptances', 'responses'
    ) }} as business_first_response_seconds
from sessions
{{ join_open_time('starts', 'sessions.calendar_id', 'sessions.started_at') }}
{{ join_open_time('resolutions', 'sessions.calendar_id', 'sessions.resolved_at') }}
{{ join_open_time(
    'acceptances', 'sessions.first_response_calendar_id', 'sessions.first_accepted_at'
) }}
{{ join_open_time(
    'responses', 'sessions.first_response_calendar_id', 'sessions.first_agent_message_at'
) }}
where
    starts.calendar_id is not null
    or acceptances.calendar_id is not null
    or sessions.business_queue_seconds is not null
