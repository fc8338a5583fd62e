-- raw_teams of the contract, by the names that they had last.
with sightings as (
    select
        team_id,
        team_name,
        started_at as seen_at
    from {{ ref('nice_cxone_contacts') }}

    union all

    select
        {{ nice_cxone_id('teamid') }} as team_id,
        teamname as team_name,
        {{ utc_timestamp('startdate') }} as seen_at
    from {{ ref('nice_cxone_records') }}
    where kind in ('agent state', 'agent')
)

select
    team_id,
    max_by(team_name, (coalesce(seen_at, '-infinity'), team_name)) filter (
        where team_name is not null
    ) as team_name
from sightings
where team_id is not null
group by team_id
