-- raw_companies of the contract: the divisions. Their zone isn't in the records.
with divisions as (
    select division_id
    from {{ ref('genesys_cloud_conversations') }}
    where division_id is not null

    union

    select division_id
    from {{ ref('genesys_cloud_names') }}
    where entity_kind = 'users' and division_id is not null
),

named as (
    select
        entity_id,
        max_by(entity_name, (coalesce(received_at, ''), entity_name)) as company_name
    from {{ ref('genesys_cloud_names') }}
    where entity_kind = 'authorization/divisions'
    group by entity_id
)

select
    divisions.division_id as company_id,
    named.company_name
from divisions
left join named on divisions.division_id = named.entity_id
