-- raw_teams of the contract. An acceptance says for which team it is.
with teams as (
    select distinct team_id
    from {{ ref('genesys_cloud_agent_contacts') }}
    where team_id is not null
),

named as (
    select
        entity_id,
        max_by(entity_name, (coalesce(received_at, ''), entity_name)) as team_name
    from {{ ref('genesys_cloud_names') }}
    where entity_kind = 'teams'
    group by entity_id
)

select
    teams.team_id,
    named.team_name
from teams
left join named on teams.team_id = named.entity_id
