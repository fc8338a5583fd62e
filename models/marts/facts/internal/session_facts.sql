{{ config(
    materialized='incremental',
    meta={'touched_by': 'session_id', 'day': 'session_date', 'touches': 'days'},
) }}

with sessions as (
    select
        *,
        case when is_closed then {{ seconds_between('first_accepted_at', 'last_closed_at') }} end
            as session_seconds,
        case when is_closed then {{ seconds_between('started_at', 'last_closed_at') }} end
            as resolution_seconds
    from {{ ref('sessions') }}
),

-- Where waits for somebody else are measured, those that began while the customer waited.
pendings as (
    select
        session_key,
        count(*) filter (where is_customer_waiting) as pended_while_customer_waits_count
    from {{ ref('session_pendings') }}
    group by session_key
),

conversations as (
    select * from {{ ref('session_conversations') }}
),

evaluations as (
    select * from {{ ref('session_evaluations') }}
),

handling as (
    select
        session_key,
        count(*) = count(handle_seconds) as is_handled,
        {{ total_seconds('handle_seconds') }} as handle_seconds
    from {{ ref('contact_handling') }}
    group by session_key
)

select
    sessions.session_key,
    sessions.session_id,
    sessions.feed,
    sessions.company_id,
    sessions.customer_id,
    sessions.channel_id,
    sessions.campaign_id,
    sessions.first_skill_id,
    sessions.closed_by_agent_id,
    evaluations.agent_id as evaluated_agent_id,
    sessions.direction,
    sessions.contact_type,
    sessions.initiated_by,
    sessions.priority,
    sessions.topic,
    sessions.closed_by,
    sessions.queue_result,
    bot_parts.result as bot_result,
    sessions.is_digital,
    sessions.is_voice,
    sessions.is_accepted,
    sessions.is_closed,
    sessions.is_single_agent,
    sessions.queue_result is not null as was_queued,
    coalesce(sessions.queue_result = 'abandoned', false) as is_abandoned,
    sessions.queue_result = 'answered' and sessions.queue_seconds <= sessions.service_level_seconds
        as is_answered_within_service_level,
    coalesce(
        coalesce(sessions.first_accepted_at, sessions.started_at)
        >= event_groups.wrap_up_measured_from,
        false
    ) as is_wrap_up_measured,
    coalesce(
        measured.has_messages or sessions.started_at >= event_groups.bot_measured_from, false
    ) as is_bot_measured,
    case
        when measured.has_messages
            then
                sessions.is_digital
                and coalesce(conversations.agent_message_count, 0) >= 1
                and coalesce(conversations.customer_message_count, 0) >= 1
    end as is_valid,
    sessions.started_at,
    intervals.date_day as session_date,
    intervals.utc_offset_minutes,
    sessions.first_accepted_at,
    sessions.last_closed_at,
    bot_parts.started_at as bot_started_at,
    bot_parts.ended_at as bot_ended_at,
    sessions.agent_contact_count,
    sessions.reopened_count,
    sessions.queue_seconds,
    sessions.waiting_since,
    sessions.session_seconds,
    sessions.resolution_seconds,
    {{ seconds_between('sessions.first_accepted_at', 'conversations.first_agent_message_at') }}
        as first_response_seconds,
    case when measured.has_messages then coalesce(conversations.agent_turn_count, 0) end
        as agent_turn_count,
    case when measured.has_messages then coalesce(conversations.response_count, 0) end
        as response_count,
    case when measured.has_messages then coalesce(conversations.response_seconds, 0) end
        as response_seconds,
    case
        when measured.has_messages and sessions.started_at >= event_groups.pending_measured_from
            then coalesce(pendings.pended_while_customer_waits_count, 0)
    end as pended_while_customer_waits_count,
    case when handling.is_handled then handling.handle_seconds end as handle_seconds,
    {{ average('conversations.response_seconds', 'conversations.response_count') }}
        as avg_response_seconds,
    {{ seconds_between('bot_parts.started_at', 'bot_parts.ended_at') }} as bot_seconds,
    case when measured.has_messages then bot_parts.message_count end as bot_message_count,
    cast(evaluations.score as integer) as score,
    measured.has_messages as is_messages_measured,
    measured.has_evaluations as is_evaluations_measured,
    hours.is_outside_hours,
    case
        when sessions.is_accepted and sessions.queue_result is null then sessions.queue_seconds
        else hours.business_queue_seconds
    end as business_queue_seconds,
    hours.business_first_response_seconds,
    case when measured.has_messages then coalesce(conversations.business_response_count, 0) end
        as business_response_count,
    conversations.business_response_seconds,
    hours.business_resolution_seconds
from sessions
inner join {{ ref('measured_tables') }} as measured
    on sessions.feed = measured.feed
inner join {{ ref('measured_groups') }} as event_groups
    on sessions.feed = event_groups.feed
left join pendings
    on sessions.session_key = pendings.session_key
left join {{ ref('session_hours') }} as hours
    on sessions.session_key = hours.session_key
left join handling
    on sessions.session_key = handling.session_key
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'sessions.started_at', 'sessions.time_zone') }}
left join conversations
    on sessions.session_key = conversations.session_key
left join evaluations
    on sessions.session_key = evaluations.session_key
-- The condition is part of the key: beside it, DuckDB would compare every session with every part.
left join {{ ref('bot_parts') }} as bot_parts
    on case
        when measured.has_messages or sessions.started_at >= event_groups.bot_measured_from
            then sessions.session_key
    end = bot_parts.session_key
