{{ config(materialized='view', meta={'touched_by': 'session_id'}) }}

-- A clock that runs on is read at as_of. One that is due beyond the horizon of its calendar is
-- looked at again, for the horizon moves.
with clocks as (
    select
        clocks.*,
        data_span.as_of,
        case
            when clocks.ended_at is null or clocks.due_at is null then clocks.calendar_id
        end as open_calendar_id,
        case when clocks.ended_at is null then clocks.calendar_id end as running_calendar_id
    from {{ ref('sla_facts') }} as clocks
    cross join {{ ref('data_span') }} as data_span
),

positions as (
    select
        clocks.*,
        {{ running_microseconds('starts', 'clocks.calendar_id', 'clocks.started_at') }}
            as start_position,
        {{ running_microseconds('ends', 'clocks.calendar_id', 'clocks.as_of') }} as end_position,
        {{ running_microseconds('pended', 'clocks.calendar_id', 'clocks.pending_since') }}
            as pending_position
    from clocks
    {{ join_open_time('starts', 'clocks.open_calendar_id', 'clocks.started_at') | indent(4) }}
    {{ join_open_time('ends', 'clocks.running_calendar_id', 'clocks.as_of') | indent(4) }}
    {{ join_open_time('pended', 'clocks.running_calendar_id', 'clocks.pending_since') | indent(4) }}
),

readings as (
    select
        clocks.*,
        coalesce(
            clocks.running_microseconds,
            clocks.end_position - clocks.start_position - clocks.paused_microseconds
        ) / 1e6 as running_seconds,
        (
            clocks.paused_microseconds
            + coalesce(
                case
                    when clocks.ended_at is null
                        then clocks.end_position - clocks.pending_position
                end,
                0
            )
        ) / 1e6 as pending_seconds,
        coalesce(
            -- Where the data end earlier than when the clock was made, so does what is known.
            case
                when
                    clocks.calendar_id is null
                    or clocks.due_at <= clocks.as_of + {{ calendar_horizon() }}
                    then clocks.due_at
            end,
            {{ instant_due(
                'dues', 'clocks.calendar_id', 'clocks.started_at', 'clocks.start_position',
                'clocks.due_microseconds'
            ) | indent(12) }}
        ) as known_due_at
    from positions as clocks
    {{ join_reached(
        'dues', 'clocks.open_calendar_id', '(clocks.start_position + clocks.due_microseconds)'
    ) | indent(4) }}
)

select
    session_id,
    company_id,
    skill_id,
    channel_id,
    priority,
    metric,
    policy_id,
    calendar_id,
    coalesce(
        settled_state, case when running_seconds > target_seconds then 'breached' else 'running' end
    ) as state,
    clock_number,
    started_at,
    started_date,
    known_due_at as due_at,
    stopped_at,
    ended_at,
    cast(target_seconds as bigint) as target_seconds,
    running_seconds,
    pending_seconds,
    started_date as date_day,
    {{ local_labels('started_at', 'utc_offset_minutes', 'started_date') }}
from readings
