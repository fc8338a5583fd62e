{{ config(
    materialized='incremental',
    meta={'touched_by': 'session_key', 'day': 'date_day', 'touches': 'days'},
) }}

{%- set answered_at = 'answered_started_at' if var('response_clock') == 'first'
    else 'answered_ended_at' %}
with messages as (
    select
        *,
        cast(row_number() over session_order as bigint) as message_position,
        lag(is_agent) over session_order as previous_is_agent,
        lag(agent_id) over session_order as previous_agent_id,
        lag(sent_at) over session_order as previous_sent_at,
        -- Of the session. Within the same window, for a second pass over all messages costs more.
        count(*) over whole_session as session_message_count,
        last_value(sent_at) over whole_session as session_last_sent_at
    from {{ ref('messages') }}
    window
        session_order as (
            partition by session_key order by sent_at, message_seq, is_agent, agent_id nulls last
        ),
        whole_session as (
            partition by session_key order by sent_at, message_seq, is_agent, agent_id nulls last
            rows between unbounded preceding and unbounded following
        )
),

-- A turn starts where the side changes, or the agent.
starts as (
    select *
    from messages
    where
        previous_is_agent is null
        or is_agent != previous_is_agent
        or agent_id is distinct from previous_agent_id
),

turns as (
    select
        *,
        cast(row_number() over session_order as bigint) as turn_number,
        coalesce(lead(previous_sent_at) over session_order, session_last_sent_at) as ended_at,
        coalesce(lead(message_position) over session_order, session_message_count + 1)
        - message_position as message_count,
        -- What the turn answers: the turn before it, where that is the other side's.
        case when is_agent != previous_is_agent then lag(sent_at) over session_order end
            as answered_started_at,
        case when is_agent != previous_is_agent then previous_sent_at end as answered_ended_at
    from starts
    window session_order as (partition by session_key order by message_position)
),

-- The wait of the customer: from the unanswered turn, but not before the agent was there.
waited as (
    select
        turns.*,
        sessions.time_zone,
        sessions.channel_id,
        sessions.company_id,
        case
            when
                turns.is_agent
                and turns.answered_started_at is not null
                and turns.sent_at >= sessions.first_accepted_at
                then greatest(
                    turns.{{ answered_at }},
                    coalesce(turns.agent_accepted_at, sessions.first_accepted_at)
                )
        end as waited_from_at
    from turns
    inner join {{ ref('sessions') }} as sessions
        on turns.session_key = sessions.session_key
),

assigned as (
    select
        waited.*,
        {{ assigned_calendar() }} as assigned_calendar_id
    from waited
    left join {{ ref('agent_contacts') }} as contacts
        on waited.session_key = contacts.session_key
        and waited.contact_number = contacts.contact_number
    {{ join_calendars(
        'contacts.skill_id', 'waited.channel_id', 'waited.company_id', 'waited.waited_from_at'
    ) | indent(4) }}
)

select
    turns.session_key,
    turns.turn_number,
    turns.contact_number,
    turns.agent_id,
    starts.calendar_id,
    turns.is_agent,
    turns.answered_started_at is not null as is_response,
    turns.sent_at as started_at,
    intervals.date_day,
    intervals.utc_offset_minutes,
    turns.ended_at,
    turns.message_count,
    turns.waited_from_at,
    {{ seconds_between('turns.waited_from_at', 'turns.sent_at') }} as response_seconds,
    {{ business_seconds('turns.waited_from_at', 'turns.sent_at') }} as business_response_seconds
from assigned as turns
{{ join_open_time('starts', 'turns.assigned_calendar_id', 'turns.waited_from_at') }}
{{ join_open_time('ends', 'turns.assigned_calendar_id', 'turns.sent_at') }}
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'turns.sent_at', 'turns.time_zone') }}
