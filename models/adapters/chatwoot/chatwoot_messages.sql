-- Who wrote, whether a person or a rule, and who can read it. An activity is a note of the program
-- in the thread and no message. What isn't known stays as it came, so that the contract's checks
-- find it.
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
        ) as unreadable_attributes
    from {{ source('raw_chatwoot', 'messages') }}
    where message_type is distinct from '2'
)

select
    id as message_id,
    conversation_id as session_id,
    {{ chatwoot_time('created_at') }} as sent_at,
    -- Ids grow: they order messages of the same instant.
    try_cast(id as bigint) as message_seq,
    case
        when message_type = '0' then 'customer'
        when message_type = '3' then 'system'
        when message_type != '1' or message_type is null then message_type
        when sender_type = 'User' then 'agent'
        when sender_type = 'AgentBot' or starts_with(sender_type, 'Captain') then 'bot'
        -- Written in the channel's own app: by a person of the company, nobody knows whom.
        when sender_type is null and echo_mark is not null then 'agent'
        when sender_type is null then 'system'
        else sender_type
    end as sender_type,
    sender_id,
    case
        when message_type = '0' then 'human'
        when message_type = '3' then 'auto_reply'
        when campaign_mark is not null then 'campaign'
        when automation_mark is not null then 'auto_reply'
        else coalesce(unreadable_attributes, 'human')
    end as origin,
    case
        when lower(private) in ('true', 't', '1') then 'internal'
        when private is null or lower(private) in ('false', 'f', '0') then 'public'
        else private
    end as visibility
from marked
