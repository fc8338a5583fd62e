-- When an agent is busy: from each answer to what the call does next, and as long after a call as
-- WRAPUPSTART says, but no longer than until the agent logs out. Periods of one agent may overlap.
{{ config(materialized='table') }}

with agent_events as (
    select
        answers.agent_id,
        answers.occurred_at,
        answers.line_position,
        'accepted' as meaning,
        answers.call_id,
        answers.ended_at,
        answers.ended_position,
        interrupted.restarted_at,
        interrupted.restart_position,
        answers.copy_count
    from {{ ref('asterisk_answers') }} as answers
    left join {{ ref('asterisk_interrupted_calls') }} as interrupted
        on answers.line_position = interrupted.line_position
    where answers.is_of_session and answers.agent_id != {{ asterisk_nobody() }}

    union all by name

    select
        agent_id,
        occurred_at,
        line_position,
        meaning,
        call_id,
        case
            when meaning = 'wrapping_up' then occurred_at + {{ asterisk_interval('detail') }}
        end as ended_at,
        line_position as ended_position,
        presence,
        copy_count
    from {{ ref('asterisk_agent_lines') }}
    where meaning = 'wrapping_up' or presence is not null
),

with_next_events as (
    select
        *,
        lead(occurred_at) over agent_order as next_event_at,
        lead(line_position) over agent_order as next_event_position,
        last_value(case when meaning = 'accepted' then call_id end ignore nulls) over agent_order
            as last_call_id,
        first_value(case when presence = 'out' then occurred_at end ignore nulls) over from_here
            as left_at,
        first_value(case when presence = 'out' then line_position end ignore nulls) over from_here
            as left_position
    from agent_events
    window
        agent_order as (partition by agent_id order by occurred_at, line_position),
        from_here as (
            partition by agent_id order by occurred_at, line_position
            rows between current row and unbounded following
        )
),

-- A call whose end is missing is over when the agent takes another one, comes or goes, or Asterisk
-- comes up again.
periods as (
    select
        agent_id,
        meaning = 'wrapping_up' as is_wrap_up,
        coalesce(call_id, last_call_id) as call_id,
        occurred_at as started_at,
        line_position as started_position,
        coalesce(ended_at, least(next_event_at, restarted_at)) as ended_at,
        case
            when ended_at is not null then ended_position
            when restarted_at < next_event_at or next_event_at is null then restart_position
            else next_event_position
        end as ended_position,
        left_at,
        left_position,
        copy_count
    from with_next_events
    where meaning in ('accepted', 'wrapping_up')
),

cut_periods as (
    select
        *,
        left_at is not null
        and (ended_at is null or (left_at, left_position) <= (ended_at, ended_position)) as is_cut
    from periods
)

select
    agent_id,
    is_cut,
    is_wrap_up,
    call_id,
    started_at,
    started_position,
    case when is_cut then left_at else ended_at end as ended_at,
    case when is_cut then left_position else ended_position end as ended_position,
    copy_count
from cut_periods
