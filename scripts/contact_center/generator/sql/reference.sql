-- The reference tables: everything known before the first day.

create table raw_companies as
select company_no as entity_no, 0 as row_no, company_id, company_name, time_zone,
    getvariable('reference_at') as ingested_at
from companies;

-- One agent of each company was renamed: the older row is superseded.
create table raw_agents as
select agent_key as entity_no, 0 as row_no, agent_id, agent_name, company_id,
    getvariable('reference_at') as ingested_at
from agents
union all
select agent_key, 1, agent_id, concat(agent_name, ' (trainee)'), company_id,
    getvariable('reference_at') - interval 90 day
from agents
where agent_no = 4;

create table raw_teams as
select t.team_no as entity_no, 0 as row_no, t.team_id, t.team_name, c.company_id,
    getvariable('reference_at') as ingested_at
from teams as t
inner join companies as c on c.company_no = t.company_no;

-- Every fourth agent moves to the company's next team in the middle of the period, at local
-- midnight; every eleventh is in no team.
create table raw_agent_teams as
with company_teams as (
    select company_no, list(team_id order by team_no) as team_ids
    from teams
    group by company_no
),

memberships as (
    select
        a.*,
        t.team_ids,
        local_to_utc(getvariable('first_date') - interval 200 day, a.time_zone) as joined_at,
        local_to_utc(
            getvariable('first_date') + to_days((getvariable('days') // 2)::integer),
            a.time_zone
        ) as moves_at,
        a.agent_no % 4 = 1 as is_moving
    from agents as a
    inner join company_teams as t on t.company_no = a.company_no
    where a.agent_no % 11 <> 7
)

select
    agent_key as entity_no,
    0 as row_no,
    agent_id,
    team_ids[1 + agent_no % len(team_ids)] as team_id,
    joined_at as valid_from,
    case when is_moving then moves_at end as valid_to,
    getvariable('reference_at') as ingested_at
from memberships
union all
select agent_key, 1, agent_id, team_ids[1 + (agent_no + 1) % len(team_ids)], moves_at, null,
    getvariable('reference_at')
from memberships
where is_moving;

create table raw_skills as
select skill_no as entity_no, 0 as row_no, skill_id, skill_name, campaign_id,
    getvariable('reference_at') as ingested_at
from skills;

create table raw_campaigns as
select campaign_no as entity_no, 0 as row_no, campaign_id, campaign_name,
    getvariable('reference_at') as ingested_at
from campaigns;

create table raw_channels as
select channel_no as entity_no, 0 as row_no, channel_id, channel_name, media_type, is_digital,
    getvariable('reference_at') as ingested_at
from channels;

-- Two skills get other targets in the middle of the period; the last one has none of its own.
create table raw_skill_targets as
with targets as (
    select
        *,
        getvariable('reference_at') as from_start,
        getvariable('reference_at') + to_days((1 + getvariable('days') // 2)::integer)
            as from_middle
    from skills
)

select skill_no as entity_no, 0 as row_no, skill_id, from_start as valid_from,
    20 + 10 * (skill_no % 3)::integer as service_level_seconds,
    if(skill_no % 2 = 0, 5, null)::integer as short_abandon_seconds, from_start as ingested_at
from targets
where skill_no < getvariable('skill_count')
union all
select skill_no, 1, skill_id, from_middle, if(skill_no = 1, 15, null)::integer, 10, from_start
from targets
where skill_no < 3;

create table raw_measured_events as
select row_number() over () as entity_no, 0 as row_no, event_group,
    getvariable('reference_at') as measured_from, getvariable('reference_at') as ingested_at
from (values ('offer'), ('hold'), ('wrap_up'), ('pending'), ('bot')) as g (event_group);
