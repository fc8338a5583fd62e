-- raw_skills of the contract: the queues.
with queues as (
    select distinct queue_id as skill_id
    from {{ ref('genesys_cloud_segments') }}
    where queue_id is not null
),

named as (
    select
        entity_id,
        max_by(entity_name, (coalesce(received_at, ''), entity_name)) as skill_name
    from {{ ref('genesys_cloud_names') }}
    where entity_kind = 'routing/queues'
    group by entity_id
)

select
    queues.skill_id,
    named.skill_name
from queues
left join named on queues.skill_id = named.entity_id
