-- An agent is in a group from when they were first seen there until seen in another.
with sightings as (
    select
        agent_id,
        seen_at,
        min(team_id) as team_id
    from {{ ref('amazon_connect_sightings') }}
    where team_id is not null and seen_at is not null
    group by agent_id, seen_at
),

changes as (
    select *
    from sightings
    qualify
        team_id is distinct from lag(team_id) over (
            partition by agent_id
            order by seen_at
        )
)

select
    agent_id,
    team_id,
    seen_at as valid_from,
    lead(seen_at) over (
        partition by agent_id
        order by seen_at
    ) as valid_to
from changes
