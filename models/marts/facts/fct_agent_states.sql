{{ config(
    materialized='incremental',
    meta={'touched_by': 'presence_started_at', 'day': 'date_day', 'touches': ['agent_id']},
) }}

with intervals as (
    select
        states.*,
        agents.company_id,
        agents.time_zone
    from {{ ref('agent_states') }} as states
    left join {{ ref('agent_companies') }} as agents
        on states.agent_id = agents.agent_id
),

local_days as (
    select * from {{ ref('local_days') }}
),

-- Every UTC date that the interval touches names the local days that may hold a part of it.
by_utc_date as (
    select
        *,
        {{ each_day('cast(started_at as date)', 'cast(ended_at as date)') }} as utc_date
    from intervals
),

cut_at_midnight as (
    select distinct
        by_utc_date.company_id,
        by_utc_date.agent_id,
        by_utc_date.time_zone,
        by_utc_date.state,
        by_utc_date.reason,
        by_utc_date.presence_started_at,
        by_utc_date.is_end_inferred and by_utc_date.ended_at <= local_days.ends_at
            as is_end_inferred,
        local_days.date_day,
        greatest(by_utc_date.started_at, local_days.starts_at) as started_at,
        least(by_utc_date.ended_at, local_days.ends_at) as ended_at
    from by_utc_date
    inner join local_days
        on by_utc_date.time_zone = local_days.time_zone
        and by_utc_date.utc_date = local_days.utc_date
        and by_utc_date.started_at < local_days.ends_at
        and by_utc_date.ended_at > local_days.starts_at
)

select
    states.company_id,
    states.agent_id,
    states.state,
    states.reason,
    states.is_end_inferred,
    states.presence_started_at,
    states.started_at,
    states.ended_at,
    states.date_day,
    {{ local_labels('states.started_at', 'intervals.utc_offset_minutes', 'states.date_day') }},
    {{ seconds_between('states.started_at', 'states.ended_at') }} as state_seconds
from cut_at_midnight as states
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'states.started_at', 'states.time_zone') }}
