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

held as (
    select
        changes.agent_id,
        changes.changed_at,
        memberships.team_id,
        memberships.agent_id is not null as is_member
    from changes
    left join memberships
        on changes.agent_id = memberships.agent_id
        and changes.changed_at >= memberships.valid_from
        and changes.changed_at < coalesce(memberships.valid_to, {{ end_of_time() }})
    qualify row_number() over (
        partition by changes.agent_id, changes.changed_at
        order by memberships.valid_from desc
    ) = 1
),

-- Where another membership in the same team begins, or an earlier one ends behind the one that
-- holds, the agent stays.
compared as (
    select
        *,
        lag(is_member, 1, false) over in_order as was_member,
        lag(team_id) over in_order as former_team_id
    from held
    window in_order as (partition by agent_id order by changed_at)
),

stays as (
    select
        agent_id,
        team_id,
        is_member,
        changed_at as valid_from,
        lead(changed_at) over (partition by agent_id order by changed_at) as valid_to
    from compared
    where is_member != was_member or team_id is distinct from former_team_id
)

select
    agent_id,
    team_id,
    valid_from,
    valid_to
from stays
where is_member
