-- Each public message between people is in just one turn of its session.
with turn_sessions as (
    select
        session_key,
        sum(message_count) as turn_message_count
    from {{ built_rows(ref('turns')) }}
    group by session_key
),

message_sessions as (
    select
        session_key,
        count(*) as message_count
    from {{ built_rows(ref('stg_messages'), 'session_key') }}
    where
        sender_type in ('customer', 'agent')
        and (origin = 'human' or origin is null)
        and (visibility = 'public' or visibility is null)
    group by session_key
)

select
    sessions.session_id,
    message_sessions.message_count,
    turn_sessions.turn_message_count
from message_sessions
full join turn_sessions
    on message_sessions.session_key = turn_sessions.session_key
left join {{ ref('stg_sessions') }} as sessions
    on coalesce(message_sessions.session_key, turn_sessions.session_key) = sessions.session_key
where message_sessions.message_count is distinct from turn_sessions.turn_message_count
