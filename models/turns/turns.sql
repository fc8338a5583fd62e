{{ config(materialized='incremental', meta={'rebuilt_by': 'session_key'}) }}

with messages as (
    select
        *,
        row_number() over session_order as message_position,
        lag(is_agent) over session_order as previous_is_agent,
        lag(agent_id) over session_order as previous_agent_id,
        lag(sent_at) over session_order as previous_sent_at
    from {{ ref('messages') }}
    window session_order as (
        partition by session_key order by sent_at, message_seq, is_agent, agent_id
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

session_ends as (
    select
        session_key,
        max(sent_at) as last_sent_at,
        count(*) as message_count
    from messages
    group by session_key
),

turns as (
    select
        starts.*,
        row_number() over session_order as turn_number,
        coalesce(
            lead(starts.previous_sent_at) over session_order, session_ends.last_sent_at
        ) as ended_at,
        coalesce(lead(starts.message_position) over session_order, session_ends.message_count + 1)
        - starts.message_position as message_count
    from starts
    inner join session_ends on starts.session_key = session_ends.session_key
    window session_order as (partition by starts.session_key order by starts.message_position)
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
