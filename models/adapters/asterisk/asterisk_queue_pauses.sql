-- After each event that may change it, whether an agent is a member of a queue, and paused in it.
-- Queue '' stands for what holds in all: PAUSEALL, UNPAUSEALL and a logout, which ends every pause.
{{ config(materialized='table') }}

with events as (
    select
        agent_id,
        case
            when meaning in ('paused_in_all', 'unpaused_in_all', 'logout') then ''
            else queue_name
        end as queue_name,
        occurred_at,
        line_position,
        meaning,
        detail
    from {{ ref('asterisk_events') }}
    where
        is_usable
        and meaning in (
            'paused', 'paused_in_all', 'unpaused', 'unpaused_in_all', 'joined', 'quit', 'logout'
        )
),

agent_queues as (
    select distinct
        agent_id,
        queue_name
    from events
    where queue_name is not null
),

memberships as (
    select
        agent_queues.agent_id,
        agent_queues.queue_name,
        events.occurred_at,
        events.line_position,
        events.meaning,
        events.detail,
        case events.meaning when 'joined' then true when 'quit' then false end as sets_member,
        coalesce(last_value(sets_member ignore nulls) over (
            partition by agent_queues.agent_id, agent_queues.queue_name
            order by events.occurred_at, events.line_position
            rows between unbounded preceding and 1 preceding
        ), false) as was_member
    from events
    inner join agent_queues
        on events.agent_id = agent_queues.agent_id
        and events.queue_name in ('', agent_queues.queue_name)
),

changes as (
    select
        *,
        case
            when meaning in ('paused', 'paused_in_all') then true
            -- Who joins anew is not paused unless it says so; who is a member stays as it is.
            when meaning = 'joined' and not was_member then coalesce(detail = 'PAUSED', false)
            when meaning != 'joined' then false
        end as sets_pause,
        case
            when meaning in ('paused', 'unpaused') then true
            when meaning = 'quit' then false
        end as sets_known
    from memberships
)

select
    agent_id,
    queue_name,
    occurred_at,
    line_position,
    coalesce(sets_member, was_member) as is_member,
    coalesce(last_value(sets_known ignore nulls) over queue_order, false) as is_known,
    coalesce(last_value(sets_pause ignore nulls) over queue_order, false) as is_paused
from changes
window queue_order as (partition by agent_id, queue_name order by occurred_at, line_position)
