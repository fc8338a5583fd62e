{{ config(
    materialized='incremental',
    meta={'touched_by': 'session_id', 'day': 'first_accepted_date', 'touches': ['agent_id']},
) }}

with contacts as (
    select * from {{ built_rows(ref('agent_contact_facts')) }}
),

-- Sums over no measured contact stay NULL: they were not measured.
agent_sessions as (
    select
        session_id,
        agent_id,
        bool_and(is_ended) as is_ended,
        bool_or(is_transferred_out) as is_transferred_out,
        bool_or(is_transferred_in) as is_transferred_in,
        bool_or(is_messages_measured) as is_messages_measured,
        min(accepted_at) as first_accepted_at,
        count(*) as agent_contact_count,
        case when bool_and(is_ended) then {{ total_seconds('contact_seconds') }} end
            as session_seconds,
        min_by(first_response_seconds, contact_number) filter (
            where first_response_seconds is not null
        ) as first_response_seconds,
        {{ total_count('agent_message_count') }} as agent_message_count,
        {{ total_count('customer_message_count') }} as customer_message_count,
        {{ total_count('agent_response_count') }} as response_count,
        {{ total_seconds('response_seconds') }} as response_seconds,
        -- In a struct, as the first response may have no business hours, and min_by seeks a value.
        {{ field_of(
            '(min_by(' ~ struct_of({'seconds': 'business_first_response_seconds'})
            ~ ', contact_number) filter (where first_response_seconds is not null))', 'seconds'
        ) }} as business_first_response_seconds,
        {{ total_count('business_response_count') }} as business_response_count,
        {{ total_seconds('business_response_seconds') }} as business_response_seconds
    from contacts
    group by session_id, agent_id
)

select
    agent_sessions.session_id,
    agent_sessions.agent_id,
    agents.company_id,
    agents.company_id as agent_company_id,
    sessions.company_id as session_company_id,
    sessions.customer_id,
    sessions.channel_id,
    sessions.is_digital,
    sessions.is_voice,
    agent_sessions.is_ended,
    agent_sessions.is_transferred_out as is_transferred,
    agent_sessions.is_transferred_out,
    agent_sessions.is_transferred_in,
    sessions.is_closed and coalesce(sessions.closed_by_agent_id = agent_sessions.agent_id, false)
        as is_closed_by_agent,
    case
        when agent_sessions.is_messages_measured
            then
                sessions.is_digital
                and agent_sessions.agent_message_count >= 1
                and agent_sessions.customer_message_count >= 1
    end as is_valid,
    case
        when agent_sessions.is_messages_measured
            then
                sessions.is_digital
                and agent_sessions.agent_message_count = 0
                and agent_sessions.customer_message_count >= 1
    end as is_unreplied,
    agent_sessions.is_messages_measured,
    sessions.is_evaluations_measured,
    agent_sessions.first_accepted_at,
    intervals.date_day as first_accepted_date,
    agent_sessions.agent_contact_count,
    agent_sessions.session_seconds,
    agent_sessions.first_response_seconds,
    agent_sessions.agent_message_count,
    agent_sessions.customer_message_count,
    agent_sessions.agent_message_count + agent_sessions.customer_message_count as message_count,
    agent_sessions.response_count,
    agent_sessions.response_seconds,
    {{ average('agent_sessions.response_seconds', 'agent_sessions.response_count') }}
        as avg_response_seconds,
    case when sessions.evaluated_agent_id = agent_sessions.agent_id then sessions.score end
        as score,
    agent_sessions.business_first_response_seconds,
    agent_sessions.business_response_count,
    agent_sessions.business_response_seconds,
    intervals.date_day,
    {{ local_labels(
        'agent_sessions.first_accepted_at', 'intervals.utc_offset_minutes', 'intervals.date_day'
    ) }}
from agent_sessions
inner join {{ built_rows(ref('session_facts')) }} as sessions
    on agent_sessions.session_id = sessions.session_id
left join {{ ref('agent_companies') }} as agents
    on agent_sessions.agent_id = agents.agent_id
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'agent_sessions.first_accepted_at', 'agents.time_zone') }}
