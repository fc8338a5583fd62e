-- raw_messages of the contract. Signs of typing, reading and delivery are no messages. An answer
-- for one conversation needn't name it: its own address does.
select
    entity_id as message_id,
    coalesce(
        conversation_id,
        nullif(regexp_extract(self_uri, '/conversations/messages/([^/]+)/messages/', 1), '')
    ) as session_id,
    sent_at,
    case
        when message_direction = 'inbound' then 'customer'
        when message_direction != 'outbound' then message_direction
        when originating_entity = 'bot' then 'bot'
        when originating_entity = 'human' or created_by_id is not null then 'agent'
        else 'bot'
    end as sender_type,
    case
        when message_direction = 'outbound' and coalesce(originating_entity, '') != 'bot'
            then created_by_id
    end as sender_id,
    'public' as visibility,
    received_at as ingested_at
from {{ ref('genesys_cloud_records') }}
where kind = 'message' and coalesce(message_type, '') not in ('event', 'receipt')
