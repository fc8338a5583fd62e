-- What was written in each session, by whomever: messages from its first acceptance on, turns of
-- all of it.
with sessions as (
    select
        session_key,
        first_accepted_at
    from {{ ref('sessions') }}
    where is_accepted
),

message_summary as (
    select
        messages.session_key,
        count(*) filter (where messages.is_agent) as agent_message_count,
        count(*) filter (where not messages.is_agent) as customer_message_count,
        min(messages.sent_at) filter (where messages.is_agent) as first_agent_message_at
    from {{ ref('messages') }} as messages
    inner join sessions
        on messages.session_key = sessions.session_key
        and messages.sent_at >= sessions.first_accepted_at
    group by messages.session_key
),

turn_summary as (
    select
        session_key,
        {{ count_where('is_agent') }} as agent_turn_count,
        count(response_seconds) as response_count,
        {{ total_seconds('response_seconds') }} as response_seconds,
        count(business_response_seconds) as business_response_count,
        {{ total_seconds('business_response_seconds') }} as business_response_seconds
    from {{ built_rows(ref('turns')) }}
    group by session_key
)

select
    turn_summary.session_key,
    message_summary.first_agent_message_at,
    coalesce(message_summary.agent_message_count, 0) as agent_message_count,
    coalesce(message_summary.customer_message_count, 0) as customer_message_count,
    turn_summary.agent_turn_count,
    turn_summary.response_count,
    coalesce(turn_summary.response_seconds, 0) as response_seconds,
    turn_summary.business_response_count,
    turn_summary.business_response_seconds
from turn_summary
left join message_summary
    on turn_summary.session_key = message_summary.session_key
