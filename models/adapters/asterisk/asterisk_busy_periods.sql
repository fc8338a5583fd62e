-- When an agent is busy: from each CONNECT to what the call does next, and as long after a call as
-- WRAPUPSTART says. Periods of one agent may overlap.
{{ config(materialized='table') }}

with periods as (
    select
        agent_id,
        occurred_at as started_at,
        line_position as started_position,
        next_occurred_at as ended_at,
        next_line_position as ended_position,
        copy_count
    from {{ ref('asterisk_call_events') }}
    where
        meaning = 'accepted'
        and agent_id is not null
        and (entry_number > 0 or (entry_count = 0 and refusal_number > 0))

    union all

    select
        agent_id,
        occurred_at as started_at,
        line_position as started_position,
        occurred_at + to_microseconds(cast(1000000 * try_cast(detail as double) as bigint))
            as ended_at,
        line_position as ended_position,
        copy_count
    from {{ ref('asterisk_events') }}
    where
        meaning = 'wrapping_up'
        and agent_id is not null
        and occurred_at is not null
        and {{ asterisk_is_wrap_up('detail') }}
),

logouts as (
    select
        agent_id,
        occurred_at,
        line_position,
        {{ asterisk_moment('occurred_at', 'line_position') }} as moment
    from {{ ref('asterisk_events') }}
    where meaning = 'logout' and agent_id is not null and occurred_at is not null
),

-- Of a call without an end nobody knows how long it was: until the agent's next one at the latest.
lost_ends as (
    select
        periods.started_position,
        arg_min(events.occurred_at, (events.occurred_at, events.line_position)) as ended_at,
        arg_min(events.line_position, (events.occurred_at, events.line_position)) as ended_position
    from periods
    inner join {{ ref('asterisk_events') }} as events
        on periods.agent_id = events.agent_id
        and periods.started_at <= events.occurred_at
    where
        periods.ended_at is null
        and events.meaning in ('accepted', 'login')
        and (events.occurred_at > periods.started_at or events.line_position > periods.started_position)
    group by periods.started_position
),

ended_periods as (
    select
        periods.* exclude (ended_at, ended_position),
        coalesce(periods.ended_at, lost_ends.ended_at) as ended_at,
        coalesce(periods.ended_position, lost_ends.ended_position) as ended_position
    from periods
    left join lost_ends
        on periods.started_position = lost_ends.started_position
),

-- A logout ends all that goes on.
cut_periods as (
    select
        periods.*,
        logouts.occurred_at as logged_out_at,
        logouts.line_position as logged_out_position
    from ended_periods as periods
    asof left join logouts
        on periods.agent_id = logouts.agent_id
        and {{ asterisk_moment('periods.started_at', 'periods.started_position') }} <= logouts.moment
)

select
    agent_id,
    started_at,
    started_position,
    least(ended_at, logged_out_at) as ended_at,
    case
        when logged_out_at < ended_at then logged_out_position
        when logged_out_at = ended_at then least(ended_position, logged_out_position)
        else coalesce(ended_position, logged_out_position)
    end as ended_position,
    copy_count
from cut_periods
