-- The messages by which agents have a conversation: human, public, while it is open.
{{ config(materialized='table') }}

with periods as (
    -- At a boundary the later period; two that begin at one instant are one.
    select *
    from {{ ref('chatwoot_open_periods') }}
    qualify row_number() over (
        partition by session_id, answers_from
        order by period_number desc
    ) = 1
),

human_messages as (
    select
        session_id,
        message_id,
        sender_id as agent_id,
        {{ utc_timestamp('sent_at') }} as sent_at
    from {{ ref('chatwoot_messages') }}
    where
        sender_type = 'agent'
        and sender_id is not null
        and origin = 'human'
        and visibility = 'public'
),

counted_messages as (
    select
        messages.session_id,
        messages.message_id,
        messages.agent_id,
        {{ chatwoot_counted('messages.sent_at', 'conversations.started_at') }} as answered_at
    from human_messages as messages
    inner join {{ ref('chatwoot_conversations') }} as conversations
        on messages.session_id = conversations.session_id
)

select
    messages.*,
    periods.period_number
from counted_messages as messages
asof inner join periods
    on messages.session_id = periods.session_id
    and messages.answered_at >= periods.answers_from
where messages.answered_at is not null and messages.answered_at <= periods.closed_at
