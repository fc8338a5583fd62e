{{ config(
    materialized='incremental',
    meta={'touched_by': 'session_id', 'day': 'started_date', 'touches': 'days'},
) }}

-- Each clock of which anything is promised, in what doesn't depend on as_of: what a clock that
-- runs on has run by then is seen when it is read (fct_sla).
with pauses as (
    select * from {{ ref('sla_pauses') }}
),

measured as (
    select
        promises.*,
        coalesce(pauses.paused_microseconds, 0) as paused_microseconds,
        pauses.pending_since,
        case
            when promises.ended_at is not null
                then
                    promises.end_position - promises.start_position
                    - coalesce(pauses.paused_microseconds, 0)
            else pauses.running_microseconds_when_pended
        end as running_microseconds,
        -- What has to pass in all until the target is reached.
        case
            when not coalesce(pauses.is_due_unknown, false)
                then
                    promises.target_microseconds
                    + coalesce(pauses.paused_microseconds_before_due, 0)
        end as due_microseconds
    from {{ ref('sla_promises') }} as promises
    left join pauses
        on promises.session_key = pauses.session_key
        and promises.metric = pauses.metric
        and promises.clock_number = pauses.clock_number
)

select
    measured.session_id,
    measured.company_id,
    measured.skill_id,
    measured.channel_id,
    measured.priority,
    measured.metric,
    measured.policy_id,
    measured.calendar_id,
    measured.clock_number,
    measured.started_at,
    intervals.date_day as started_date,
    intervals.utc_offset_minutes,
    {{ instant_due(
        'dues', 'measured.calendar_id', 'measured.started_at', 'measured.start_position',
        'measured.due_microseconds'
    ) | indent(4) }} as due_at,
    measured.stopped_at,
    measured.ended_at,
    measured.target_seconds,
    measured.due_microseconds,
    measured.running_microseconds,
    measured.paused_microseconds,
    measured.pending_since,
    case
        when measured.ended_at is null then null
        when measured.running_microseconds > measured.target_microseconds then 'breached'
        when measured.stopped_at is null then 'cancelled'
        else 'met'
    end as settled_state
from measured
{{ join_reached(
    'dues', 'measured.calendar_id', '(measured.start_position + measured.due_microseconds)'
) }}
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'measured.started_at', 'measured.time_zone') }}
