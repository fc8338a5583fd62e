-- After each event that may change it, whether a queue is one of the agent's, and whether the agent
-- is paused in it. Queue '' stands for what holds in all: PAUSEALL, UNPAUSEALL, and leaving.
{{ config(materialized='table') }}

with lines as (
    select
        *,
        meaning in ('paused_in_all', 'unpaused_in_all') or coalesce(presence = 'out', false)
            as is_of_all
    from {{ ref('asterisk_agent_lines') }}
    where
        line_position >= 0
        and (
            meaning in ('paused', 'paused_in_all', 'unpaused', 'unpaused_in_all', 'joined', 'quit')
            or presence = 'out'
        )
),

changes as (
    select
        queues.agent_id,
        queues.queue_name,
        lines.occurred_at,
        lines.line_position,
        lines.meaning,
        lines.detail,
        case
            when not queues.is_told then null
            when lines.meaning = 'joined' then true
            when lines.meaning in ('quit', 'left') then false
        end as sets_counted
    from lines
    inner join {{ ref('asterisk_agent_queues') }} as queues
        on lines.agent_id = queues.agent_id
        and (lines.queue_name = queues.queue_name or lines.is_of_all)

    union all by name

    select
        agent_id,
        '' as queue_name,
        occurred_at,
        line_position,
        meaning
    from lines
    where is_of_all

    union all by name

    -- Rows of no line say from when to when a queue counts.
    select
        agent_id,
        queue_name,
        unnest([shown_from, shown_until]) as occurred_at,
        -1 as line_position,
        unnest([true, false]) as sets_counted
    from {{ ref('asterisk_agent_queues') }}
    where not is_told

    union all by name

    select
        agent_id,
        queue_name,
        occurred_at,
        line_position,
        true as sets_counted
    from {{ ref('asterisk_memberships') }}
    where line_position < 0
),

counted as (
    select
        *,
        coalesce(last_value(sets_counted ignore nulls) over (
            partition by agent_id, queue_name
            order by occurred_at, line_position
            rows between unbounded preceding and 1 preceding
        ), false) as was_counted
    from changes
),

paused as (
    select
        *,
        case
            when meaning in ('paused', 'paused_in_all') then true
            -- Who joins anew is not paused unless it says so; who is a member stays as it is.
            when meaning = 'joined' and not was_counted and coalesce(detail, '') != 'AS BEFORE'
                then coalesce(detail = 'PAUSED', false)
            when meaning != 'joined' then false
        end as sets_pause
    from counted
)

select
    agent_id,
    queue_name,
    occurred_at,
    line_position,
    coalesce(sets_counted, was_counted) as is_counted,
    coalesce(last_value(sets_pause ignore nulls) over queue_order, false) as is_paused
from paused
window queue_order as (partition by agent_id, queue_name order by occurred_at, line_position)
