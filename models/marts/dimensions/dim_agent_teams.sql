-- Memberships as they hold: of two at a time the one that began later, and the earlier one again
-- where the later one has ended.
with memberships as (
    select * from {{ ref('stg_agent_teams') }}
),

changes as (
    select
        agent_id,
        valid_from as changed_at
    from memberships
    union
    select
        agent_id,
        valid_to as changed_at
    from memberships
    where valid_to is not null
),

stretches as (
    select
        agent_id,
        changed_at as valid_from,
        lead(changed_at) over (partition by agent_id order by changed_at) as valid_to
    from changes
)

select
    stretches.agent_id,
    memberships.team_id,
    stretches.valid_from,
    stretches.valid_to
from stretches
inner join memberships
    on stretches.agent_id = memberships.agent_id
    and stretches.valid_from >= memberships.valid_from
    and stretches.valid_from < coalesce(memberships.valid_to, {{ end_of_time() }})
qualify row_number() over (
    partition by stretches.agent_id, stretches.valid_from
    order by memberships.valid_from desc
) = 1
