-- Public messages between people, each with the agent contact that it falls into. Only these make
-- turns. What bots, automats and campaigns send answers nobody; nor do system and internal notes.
with public_human_messages as (
    select
        session_key,
        sent_at,
        coalesce(message_seq, 0) as message_seq,
        sender_type = 'agent' as is_agent,
        case when sender_type = 'agent' then sender_id end as sender_agent_id
    from {{ ref('messages_to_build') }}
    where
        sender_type in ('customer', 'agent')
        and coalesce(origin, 'human') = 'human'
        and coalesce(visibility, 'public') = 'public'
),

-- Whose a message is: what an agent writes belongs to that agent's own latest acceptance; what a
-- customer or an unnamed agent writes (agent_id NULL) to the session's latest acceptance.
-- [from_at, until_at) reaches to the next acceptance of the same kind, so that an instant that two
-- contacts share is the later one's; the message lies in the contact if it isn't after ended_at.
spans as (
    select
        session_key,
        agent_id,
        contact_number,
        agent_id as contact_agent_id,
        accepted_at as from_at,
        next_own_accepted_at as until_at,
        coalesce(ended_at, {{ end_of_time() }}) as ended_at
    from {{ ref('agent_contacts') }}
    union all
    select
        session_key,
        null as agent_id,
        contact_number,
        agent_id as contact_agent_id,
        accepted_at as from_at,
        coalesce(next_accepted_at, {{ end_of_time() }}) as until_at,
        coalesce(ended_at, {{ end_of_time() }}) as ended_at
    from {{ ref('agent_contacts') }}
),

placed as (
    select
        messages.*,
        spans.contact_agent_id,
        spans.contact_number,
        spans.from_at,
        coalesce(messages.sent_at <= spans.ended_at, false) as is_in_contact
    from public_human_messages as messages
    left join spans
        on messages.session_key = spans.session_key
        and messages.sender_agent_id is not distinct from spans.agent_id
        and messages.sent_at >= spans.from_at
        and messages.sent_at < spans.until_at
)

select
    session_key,
    sent_at,
    message_seq,
    is_agent,
    -- An agent message without a sender belongs to the agent whose contact is open.
    case
        when is_agent
            then coalesce(sender_agent_id, case when is_in_contact then contact_agent_id end)
    end as agent_id,
    case when is_in_contact then contact_number end as contact_number,
    case when is_agent and (is_in_contact or sender_agent_id is not null) then from_at end
        as agent_accepted_at
from placed
