{{ config(
    materialized='incremental',
    meta={'touched_by': 'session_key', 'day': 'date_day', 'touches': 'days'},
) }}

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
            partition by session_key order by sent_at, message_seq, is_agent, agent_id
        ),
        whole_session as (
            partition by session_key order by sent_at, message_seq, is_agent, agent_id
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
        - message_position as message_count
    from starts
    window session_order as (partition by session_key order by message_position)
),

followed as (
    select
        *,
        -- What the turn answers: the turn before it, where that is the other side's.
        case when is_agent != previous_is_agent then lag(sent_at) over session_order end
            as answered_started_at,
        case when is_agent != previous_is_agent then previous_sent_at end as answered_ended_at
    from turns
    window session_order as (partition by session_key order by turn_number)
)

select
    followed.session_key,
    followed.turn_number,
    followed.contact_number,
    followed.agent_id,
    followed.is_agent,
    followed.answered_started_at is not null as is_response,
    followed.sent_at as started_at,
    intervals.date_day,
    intervals.utc_offset_minutes,
    followed.ended_at,
    followed.message_count,
    -- The wait of the customer: from the unanswered turn, but not before the agent was there.
    case
        when
            followed.is_agent
            and followed.answered_started_at is not null
            and followed.sent_at >= sessions.first_accepted_at
            then {{ seconds_between(
                'greatest(followed.answered_' ~ ('started' if var('response_clock') == 'first' else 'ended')
                ~ '_at, coalesce(followed.agent_accepted_at, sessions.first_accepted_at))',
                'followed.sent_at'
            ) }}
    end as response_seconds
from followed
inner join {{ ref('sessions') }} as sessions
    on followed.session_key = sessions.session_key
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'followed.sent_at', 'sessions.time_zone') }}
