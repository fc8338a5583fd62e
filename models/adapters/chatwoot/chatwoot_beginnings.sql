-- Who began each conversation that no campaign did: whose public message or call is the first.
-- Bots and rules don't tell, as they greet first; and where a bot handed over or somebody opened
-- it before, a customer was there.
{{ config(materialized='table') }}

with contacts as (
    select
        session_id,
        message_id,
        counted_at,
        case when contacted_by = 'customer' then 'customer' else 'agent' end as contacted_by
    from {{ ref('chatwoot_signed_messages') }}
    where
        counted_at is not null
        and visibility = 'public'
        and (contacted_by is not null or (sender_type = 'agent' and origin = 'human'))
),

openings as (
    select
        session_id,
        min(counted_at) as opened_at
    from {{ ref('chatwoot_reporting_events') }}
    where name in ('conversation_opened', 'conversation_bot_handoff')
    group by session_id
),

first_contacts as (
    select
        session_id,
        arg_min(contacted_by, (counted_at, {{ in_order_of_id('message_id') }})) as contacted_by,
        min(counted_at) as contacted_at
    from contacts
    group by session_id
)

select
    conversations.session_id,
    case
        when conversations.campaign_id is not null then 'system'
        when
            first_contacts.contacted_by = 'agent'
            and coalesce(
                first_contacts.contacted_at
                < openings.opened_at - {{ chatwoot_tolerance() }},
                true
            )
            then 'agent'
        else 'customer'
    end as begun_by
from {{ ref('chatwoot_conversations') }} as conversations
left join first_contacts
    on conversations.session_id = first_contacts.session_id
left join openings
    on conversations.session_id = openings.session_id
