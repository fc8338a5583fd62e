-- When an agent is busy: from each CONNECT to what the call does next, and as long after a call as
-- WRAPUPSTART says, but no longer than until the agent logs out. Periods of one agent may overlap.
{{ config(materialized='table') }}

with agent_events as (
    select
        agent_id,
        occurred_at,
        line_position,
        meaning,
        next_occurred_at as ended_at,
        next_line_position as ended_position,
        copy_count
    from {{ ref('asterisk_call_events') }}
    where meaning = 'accepted' and is_of_session and agent_id is not null

    union all

    select
        agent_id,
        occurred_at,
        line_position,
        meaning,
        case
            when meaning = 'wrapping_up'
                then occurred_at + to_microseconds(cast(1000000 * cast(detail as double) as bigint))
        end as ended_at,
        line_position as ended_position,
        copy_count
    from {{ ref('asterisk_events') }}
    where is_usable and meaning in ('login', 'logout', 'wrapping_up')
),

with_next_events as (
    select
        *,
        lead(occurred_at) over agent_order as next_event_at,
        lead(line_position) over agent_order as next_event_position,
        first_value(case when meaning = 'logout' then occurred_at end ignore nulls) over from_here
            as logged_out_at,
        first_value(case when meaning = 'logout' then line_position end ignore nulls) over from_here
            as logged_out_position
    from agent_events
    window
        agent_order as (partition by agent_id order by occurred_at, line_position),
        from_here as (
            partition by agent_id order by occurred_at, line_position
            rows between current row and unbounded following
        )
),

-- A call whose end is missing is over when the agent takes another one, logs in or out.
periods as (
    select
        agent_id,
        occurred_at as started_at,
        line_position as started_position,
        coalesce(ended_at, next_event_at) as ended_at,
        case when ended_at is null then next_event_position else ended_position end
            as ended_position,
        logged_out_at,
        logged_out_position,
        copy_count
    from with_next_events
    where meaning in ('accepted', 'wrapping_up')
),

cut_periods as (
    select
        *,
        logged_out_at is not null
        and (
            ended_at is null
            or (logged_out_at, logged_out_position) <= (ended_at, ended_position)
        ) as is_cut
    from periods
)

select
    agent_id,
    is_cut,
    started_at,
    started_position,
    case when is_cut then logged_out_at else ended_at end as ended_at,
    case when is_cut then logged_out_position else ended_position end as ended_position,
    copy_count
from cut_periods
