-- An agent's presence on a local day is never longer than that day.
with agent_days as (
    select
        company_id,
        agent_id,
        date_day,
        idle_seconds + busy_seconds + break_seconds as presence_seconds
    from {{ built_rows(ref('agent_analysis_daily')) }}
),

companies as (
    select * from {{ ref('dim_companies') }}
),

days as (
    select distinct
        time_zone,
        date_day,
        day_seconds
    from {{ ref('local_days') }}
)

select
    agent_days.company_id,
    agent_days.agent_id,
    agent_days.date_day,
    agent_days.presence_seconds,
    companies.time_zone,
    days.day_seconds
from agent_days
left join companies
    on agent_days.company_id = companies.company_id
left join days
    on companies.time_zone = days.time_zone
    and agent_days.date_day = days.date_day
where
    agent_days.presence_seconds > 0
    and (agent_days.presence_seconds <= days.day_seconds + 1e-6) is not true
