-- What an agent had in hand, and in what state, cut at the midnights of the agent's clock: of the
-- days that are to build. In weight a piece of work is 4 and a state its number, so that a sum of
-- weights tells both.
with first_days as (
    select
        agent_id,
        min(starts_at) as starts_at
    from {{ ref('touched_agent_days') }}
    group by agent_id
),

work as (
    select
        agent_work.agent_id,
        agents.company_id,
        agents.time_zone,
        agent_work.agent_contact_id,
        agent_work.started_at,
        coalesce(agent_work.ended_at, data_span.as_of) as ended_at,
        -- Of what has been open for a year only the days from the first one to build on.
        greatest(agent_work.started_at, first_days.starts_at) as built_from
    from {{ work_on_touched_days(ref('agent_work')) }} as agent_work
    cross join {{ ref('data_span') }} as data_span
    inner join {{ ref('agent_companies') }} as agents
        on agent_work.agent_id = agents.agent_id
    left join first_days
        on agent_work.agent_id = first_days.agent_id
    where coalesce(agent_work.ended_at, data_span.as_of) > agent_work.started_at
),

by_utc_date as (
    select
        *,
        {{ each_day('cast(built_from as date)', 'cast(ended_at as date)') }} as utc_date
    from work
),

-- A local day has a row for each UTC date that it touches: the first that they share is enough.
work_by_day as (
    select
        by_utc_date.company_id,
        by_utc_date.agent_id,
        local_days.date_day,
        by_utc_date.agent_contact_id,
        4 as weight,
        greatest(by_utc_date.started_at, local_days.starts_at) as started_at,
        least(by_utc_date.ended_at, local_days.ends_at) as ended_at
    from by_utc_date
    inner join {{ ref('local_days') }} as local_days
        on by_utc_date.time_zone = local_days.time_zone
        and by_utc_date.utc_date = local_days.utc_date
        and by_utc_date.started_at < local_days.ends_at
        and by_utc_date.ended_at > local_days.starts_at
    where
        by_utc_date.utc_date
        = greatest(cast(by_utc_date.started_at as date), cast(local_days.starts_at as date))
),

states_by_day as (
    select
        company_id,
        agent_id,
        date_day,
        cast(null as string) as agent_contact_id,
        case state when 'idle' then 1 when 'busy' then 2 else 3 end as weight,
        started_at,
        ended_at
    from {{ ref('fct_agent_states') }}
)

select * from {{ of_touched_agent_days('work_by_day') }}
union all
select * from {{ of_touched_agent_days('states_by_day') }}
