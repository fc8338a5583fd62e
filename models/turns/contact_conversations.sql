-- What was written in each agent contact. No row where nothing was.
with message_summary as (
    select
        session_key,
        contact_number,
        count(*) filter (where is_agent) as agent_message_count,
        count(*) filter (where not is_agent) as customer_message_count,
        min(sent_at) filter (where is_agent) as first_agent_message_at
    from {{ ref('messages') }}
    where contact_number is not null
    group by session_key, contact_number
),

turn_summary as (
    select
        session_key,
        contact_number,
        count(*) filter (where is_agent) as agent_response_count,
        count(*) filter (where not is_agent) as customer_response_count,
        {{ total_seconds('response_seconds') }} as response_seconds,
        count(business_response_seconds) as business_response_count,
        {{ total_seconds('business_response_seconds') }} as business_response_seconds,
        min_by(response_seconds, turn_number) filter (
            where is_agent and response_seconds is not null
        ) as first_agent_response_seconds
    from {{ built_rows(ref('turns')) }}
    where contact_number is not null and is_response
    group by session_key, contact_number
)

select
    message_summary.session_key,
    message_summary.contact_number,
    message_summary.first_agent_message_at,
    message_summary.agent_message_count,
    message_summary.customer_message_count,
    coalesce(turn_summary.agent_response_count, 0) as agent_response_count,
    coalesce(turn_summary.customer_response_count, 0) as customer_response_count,
    coalesce(turn_summary.response_seconds, 0) as response_seconds,
    coalesce(turn_summary.business_response_count, 0) as business_response_count,
    turn_summary.business_response_seconds,
    -- Rounded to the microsecond that both are exact to.
    coalesce(
        round(turn_summary.response_seconds - turn_summary.first_agent_response_seconds, 6), 0
    ) as follow_on_response_seconds
from message_summary
left join turn_summary
    on message_summary.session_key = turn_summary.session_key
    and message_summary.contact_number = turn_summary.contact_number
