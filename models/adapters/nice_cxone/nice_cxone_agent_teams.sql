-- raw_agent_teams of the contract: an agent is in a team from when a record first shows it until
-- one shows another.
with sightings as (
    select
        coalesce(ids.agent_id, contacts.agent_number) as agent_id,
        contacts.team_id,
        contacts.started_at as seen_at
    from {{ ref('nice_cxone_contacts') }} as contacts
    left join {{ ref('nice_cxone_agent_ids') }} as ids on contacts.agent_number = ids.agent_number
    where contacts.agent_number is not null and contacts.team_id is not null

    union all

    select
        coalesce(ids.agent_id, {{ nice_cxone_id('records.agentid') }}) as agent_id,
        {{ nice_cxone_id('records.teamid') }} as team_id,
        {{ utc_timestamp('records.startdate') }} as seen_at
    from {{ ref('nice_cxone_records') }} as records
    left join {{ ref('nice_cxone_agent_ids') }} as ids
        on {{ nice_cxone_id('records.agentid') }} = ids.agent_number
    where records.kind = 'agent state'
),

instants as (
    select
        agent_id,
        seen_at,
        min(team_id) as team_id
    from sightings
    where agent_id is not null and team_id is not null and seen_at is not null
    group by agent_id, seen_at
),

changes as (
    select *
    from instants
    qualify
        team_id is distinct from lag(team_id) over (partition by agent_id order by seen_at)
)

select
    agent_id,
    team_id,
    seen_at as valid_from,
    lead(seen_at) over (partition by agent_id order by seen_at) as valid_to
from changes
