-- Every conversation is a session; one that a campaign or an agent began is outbound.
{{ config(materialized='table') }}

select
    conversations.id as session_id,
    conversations.account_id as company_id,
    conversations.contact_id as customer_id,
    conversations.inbox_id as channel_id,
    case
        when conversations.campaign_id is null and coalesce(beginnings.begun_by, '') != 'agent'
            then 'inbound'
        else 'outbound'
    end as direction,
    conversations.campaign_id,
    case
        when conversations.campaign_id is not null then 'system'
        when beginnings.begun_by = 'agent' then 'agent'
        else 'customer'
    end as initiated_by,
    {{ chatwoot_priority('conversations.priority') }} as priority,
    {{ chatwoot_time('conversations.created_at') }} as started_at,
    {{ chatwoot_ingested_at() }} as ingested_at
from {{ source('raw_chatwoot', 'conversations') }} as conversations
left join {{ ref('chatwoot_beginnings') }} as beginnings
    on conversations.id = beginnings.session_id
