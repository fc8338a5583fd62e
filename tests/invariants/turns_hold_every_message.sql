-- Each public message between people is in just one turn of its session.
with turn_sessions as (
    select
        session_id,
        sum(message_count) as turn_message_count
    from {{ rebuilt(ref('fct_turns')) }}
    group by session_id
),

message_sessions as (
    select
        session_key,
        count(*) as message_count
    from {{ rebuilt(ref('stg_messages'), 'session_key') }}
    where
        sender_type in ('customer', 'agent')
        and (origin = 'human' or origin is null)
        and (visibility = 'public' or visibility is null)
    group by session_key
),

named_message_sessions as (
    select
        sessions.session_id,
        message_sessions.message_count
    from message_sessions
    left join {{ ref('stg_sessions') }} as sessions
        on message_sessions.session_key = sessions.session_key
)

select
    coalesce(named_message_sessions.session_id, turn_sessions.session_id) as session_id,
    named_message_sessions.message_count,
    turn_sessions.turn_message_count
from named_message_sessions
full join turn_sessions
    on named_message_sessions.session_id = turn_sessions.session_id
where named_message_sessions.message_count is distinct from turn_sessions.turn_message_count
