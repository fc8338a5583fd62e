-- raw_campaigns of the contract: those of the outbound dialler.
with campaigns as (
    select distinct campaign_id
    from {{ ref('genesys_cloud_parts') }}
    where campaign_id is not null
),

named as (
    select
        entity_id,
        max_by(entity_name, (coalesce(received_at, ''), entity_name)) as campaign_name
    from {{ ref('genesys_cloud_names') }}
    where entity_kind = 'outbound/campaigns'
    group by entity_id
)

select
    campaigns.campaign_id,
    named.campaign_name
from campaigns
left join named on campaigns.campaign_id = named.entity_id
