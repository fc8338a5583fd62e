-- Days of agents on which this build makes anew what they had in hand. They are the days of
-- touched sessions' work, as it was before and as it is now; the days of touched states; and the
-- days on which something open goes on.
{%- if not is_incremental_build() %}
{%- for model in [
    'former_work', 'agent_work', 'fct_agent_states', 'data_span', 'agent_companies', 'local_days',
    'reference_values',
] %}
-- depends_on: {{ ref(model) }}
{%- endfor %}
-- depends_on: {{ source('last_build', 'fct_agent_activity') }}
select
    cast(null as string) as agent_id,
    cast(null as date) as date_day,
    cast(null as timestamp) as starts_at,
    cast(null as timestamp) as ends_at
where false
{%- else %}
with ends as (
    select
        first_event_at,
        as_of,
        former_as_of,
        greatest(as_of, coalesce(former_as_of, as_of)) as last_at,
        moved_from
    from {{ ref('data_span') }}
),

work as (
    select
        agent_id,
        started_at,
        ended_at
    from {{ ref('former_work') }}
    union all
    select
        agent_id,
        started_at,
        ended_at
    from {{ built_rows(ref('agent_work')) }}
    union all
    -- What goes on since the last build.
    select
        agent_work.agent_id,
        greatest(agent_work.started_at, ends.moved_from) as started_at,
        cast(null as timestamp) as ended_at
    from {{ ref('agent_work') }} as agent_work
    cross join ends
    where agent_work.ended_at is null and ends.moved_from is not null
),

spans as (
    select
        work.agent_id,
        agents.time_zone,
        work.started_at,
        coalesce(work.ended_at, ends.last_at) as ended_at
    from work
    cross join ends
    inner join {{ ref('agent_companies') }} as agents
        on work.agent_id = agents.agent_id
),

span_dates as (
    select
        *,
        {{ each_day('cast(started_at as date)', 'cast(ended_at as date)') }} as utc_date
    from spans
    where ended_at >= started_at
),

by_utc_date as (
    select
        agent_id,
        time_zone,
        utc_date,
        min(started_at) as started_at,
        max(ended_at) as ended_at
    from span_dates
    group by agent_id, time_zone, utc_date
),

-- A date of UTC lies in two local days, and the work often in one of them.
agent_days as (
    select
        by_utc_date.agent_id,
        local_days.date_day
    from by_utc_date
    inner join {{ ref('local_days') }} as local_days
        on by_utc_date.time_zone = local_days.time_zone
        and by_utc_date.utc_date = local_days.utc_date
        and by_utc_date.started_at < local_days.ends_at
        and by_utc_date.ended_at >= local_days.starts_at
    union
    select
        agent_id,
        date_day
    from {{ touched_days(['fct_agent_states']) }} as touched
    union
    -- Another company may have another zone, whose days are others; and from when offers are
    -- measured moves a figure of every day. What goes: the days of an agent whom no row names any
    -- more, and those on which the data are no more, as they begin later or end earlier.
    select
        activity.agent_id,
        activity.date_day
    from {{ source('last_build', 'fct_agent_activity') }} as activity
    cross join ends
    left join {{ ref('agent_companies') }} as agents
        on activity.agent_id = agents.agent_id
    where
        activity.agent_id in ({{ changed_ids(['agent']) }})
        or agents.company_id in ({{ changed_ids(['company']) }})
        or agents.feed in ({{ changed_ids(['measured_from']) }})
        or agents.agent_id is null
        or activity.started_at < ends.first_event_at
        or (ends.as_of < ends.former_as_of and activity.ended_at >= ends.as_of)
)

select distinct
    agent_days.agent_id,
    agent_days.date_day,
    local_days.starts_at,
    local_days.ends_at
from agent_days
left join {{ ref('agent_companies') }} as agents
    on agent_days.agent_id = agents.agent_id
left join {{ ref('local_days') }} as local_days
    on agents.time_zone = local_days.time_zone
    and agent_days.date_day = local_days.date_day
{%- endif %}
