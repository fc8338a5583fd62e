-- Who wrote each message, whether a person or a rule, who can read it, and when. An activity is a
-- note of the program in the thread and no message. What isn't known stays as it came, so that the
-- contract's checks find it.
{{ config(materialized='table') }}

with marked as (
    select
        *,
        coalesce(
            {{ chatwoot_mark('additional_attributes', 'campaign_id') }},
            {{ chatwoot_mark('content_attributes', 'campaign_id') }}
        ) as campaign_mark,
        coalesce(
            {{ chatwoot_mark('content_attributes', 'automation_rule_id') }},
            {{ chatwoot_mark('additional_attributes', 'automation_rule_id') }}
        ) as automation_mark,
        {{ chatwoot_mark('content_attributes', 'external_echo') }} as echo_mark,
        coalesce(
            {{ chatwoot_unreadable('content_attributes') }},
            {{ chatwoot_unreadable('additional_attributes') }}
        ) as unreadable_attributes,
        {{ chatwoot_kind_of_content('content_type') }} as kind,
        {{ utc_timestamp(chatwoot_time('created_at')) }} as written_at
    from {{ source('raw_chatwoot', 'messages') }}
    where message_type is distinct from '2'
),

written as (
    select
        id as message_id,
        conversation_id as session_id,
        {{ chatwoot_time('created_at') }} as sent_at,
        -- Ids grow: they order messages of the same instant.
        try_cast(id as bigint) as message_seq,
        case
            -- A call leaves a card in the thread. Nobody wrote it and it can't be answered there.
            when kind = 'call' and message_type in ('0', '1') then 'system'
            when message_type = '0' then 'customer'
            when message_type = '3' then 'system'
            when message_type != '1' or message_type is null then message_type
            when sender_type = 'User' then 'agent'
            when sender_type = 'AgentBot' or starts_with(sender_type, 'Captain') then 'bot'
            -- Written in the channel's own app: by a person of the company, nobody knows whom. Of
            -- Twitter's, Chatwoot says that the customer sent it.
            when sender_type is null and echo_mark is not null then 'agent'
            when sender_type = 'Contact' then 'agent'
            when sender_type is null then 'system'
            else sender_type
        end as sender_type,
        case
            when kind = 'call' or (message_type = '1' and sender_type = 'Contact') then null
            else sender_id
        end as sender_id,
        case
            when message_type in ('0', '1') and kind = 'call' then 'auto_reply'
            when message_type = '0' then 'human'
            when message_type = '3' then 'auto_reply'
            when campaign_mark is not null then 'campaign'
            when automation_mark is not null or kind = 'form' then 'auto_reply'
            else coalesce(unreadable_attributes, 'human')
        end as origin,
        case
            when lower(private) in ('true', 't', '1') then 'internal'
            when private is null or lower(private) in ('false', 'f', '0') then 'public'
            else private
        end as visibility,
        case
            when message_type = '0' then 'customer'
            when kind = 'call' and sender_type = 'User' then 'agent'
        end as contacted_by,
        written_at
    from marked
)

select
    written.*,
    {{ chatwoot_counted('written.written_at', 'conversations.started_at') }} as counted_at,
    -- Outgoing, of nobody, and of no rule: also what is left of a user who was deleted.
    written.sender_type = 'system' and written.origin = 'human' as is_unsigned
from written
left join {{ ref('chatwoot_conversations') }} as conversations
    on written.session_id = conversations.session_id
