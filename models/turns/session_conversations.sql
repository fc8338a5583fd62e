-- What was written in each session from its first acceptance on, by whomever.
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

response_summary as (
    select
        session_key,
        count(*) as response_count,
        {{ total_seconds('response_seconds') }} as response_seconds
    from {{ built_rows(ref('turns')) }}
    where response_seconds is not null
    group by session_key
)

select
    message_summary.session_key,
    message_summary.first_agent_message_at,
    message_summary.agent_message_count,
    message_summary.customer_message_count,
    coalesce(response_summary.response_count, 0) as response_count,
    coalesce(response_summary.response_seconds, 0) as response_seconds
from message_summary
left join response_summary
    on message_summary.session_key = response_summary.session_key
