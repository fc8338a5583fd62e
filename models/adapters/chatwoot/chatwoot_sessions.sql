-- Every conversation is a session; one that a campaign began is outbound.
{{ config(materialized='table') }}

select
    id as session_id,
    account_id as company_id,
    contact_id as customer_id,
    inbox_id as channel_id,
    case when campaign_id is null then 'inbound' else 'outbound' end as direction,
    campaign_id,
    case when campaign_id is null then 'customer' else 'system' end as initiated_by,
    {{ chatwoot_time('created_at') }} as started_at,
    {{ chatwoot_ingested_at() }} as ingested_at
from {{ source('raw_chatwoot', 'conversations') }}
