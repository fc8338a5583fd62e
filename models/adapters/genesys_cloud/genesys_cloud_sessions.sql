-- raw_sessions of the contract: a session is a conversation.
with parts as (
    select
        conversation_id,
        coalesce(
            arg_min(external_contact_id, part_number) filter (where is_customer),
            {{ known_caller('arg_min(address, part_number) filter (where is_customer)') }}
        ) as customer_id,
        arg_min(
            struct_pack(media_type := media_type, message_type := message_type),
            (not is_customer, part_number)
        ) filter (
            where media_type is not null and not {{ genesys_cloud_is_beside('media_type') }}
        ) as medium,
        arg_min(direction, part_number) as first_direction,
        arg_min(campaign_id, part_number) as campaign_id,
        bool_or(purpose in ('acd', 'agent', 'ivr', 'botflow', 'dialer', 'campaign', 'outbound'))
            as is_of_contact_center
    from (
        select
            *,
            coalesce(purpose in ('customer', 'external'), false) as is_customer
        from {{ ref('genesys_cloud_parts') }}
    ) as parts_of_anybody
    group by conversation_id
),

sessions as (
    select
        conversations.*,
        parts.customer_id,
        parts.medium,
        parts.campaign_id,
        parts.is_of_contact_center,
        coalesce(conversations.originating_direction, parts.first_direction) as direction_word
    from {{ ref('genesys_cloud_conversations') }} as conversations
    left join parts on conversations.conversation_id = parts.conversation_id
)

select
    conversation_id as session_id,
    division_id as company_id,
    customer_id,
    case
        when medium['media_type'] = 'message'
            then coalesce(medium['message_type'], medium['media_type'])
        else medium['media_type']
    end as channel_id,
    direction_word as direction,
    -- Calls between people's own numbers, past every queue.
    case when is_of_contact_center is false then 'direct' end as contact_type,
    campaign_id,
    case
        when direction_word = 'inbound' then 'customer'
        when direction_word = 'outbound'
            then case when campaign_id is null then 'agent' else 'system' end
    end as initiated_by,
    conversation_start as started_at,
    received_at as ingested_at
from sessions
