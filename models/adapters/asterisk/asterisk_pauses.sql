-- After each event that may change it, whether the agent is paused. A pause in one queue counts while
-- the agent is paused in all queues that it is a member of: those of ADDMEMBER and REMOVEMEMBER or,
-- where these say nothing of the agent, those in which it was paused or unpaused.
{{ config(materialized='table') }}

with events as (
    select
        agent_id,
        -- '' is in all queues; so is a logout, which ends every pause.
        case when event in ('PAUSE', 'UNPAUSE', 'ADDMEMBER', 'REMOVEMEMBER') then queue_name else '' end
            as queue_name,
        occurred_at,
        line_position,
        meaning,
        detail
    from {{ ref('asterisk_events') }}
    where
        meaning in ('paused', 'unpaused', 'joined', 'quit', 'logout')
        and agent_id is not null
        and occurred_at is not null
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
        events.queue_name = '' as is_in_all,
        events.occurred_at,
        events.line_position,
        events.meaning,
        events.detail,
        last_value(
            case events.meaning when 'joined' then true when 'quit' then false end ignore nulls
        ) over queue_order as is_member
    from events
    inner join agent_queues
        on events.agent_id = agent_queues.agent_id
        and events.queue_name in ('', agent_queues.queue_name)
    window queue_order as (
        partition by agent_queues.agent_id, agent_queues.queue_name
        order by events.occurred_at, events.line_position
    )
),

changes as (
    select
        *,
        case
            when meaning = 'paused' then true
            -- Who is a member already stays as it is.
            when meaning <> 'joined' then false
            when lag(is_member, 1, false) over queue_order is not true
                then coalesce(detail, '') = 'PAUSED'
        end as sets_pause,
        case
            when meaning = 'quit' then false
            when meaning in ('paused', 'unpaused') and not is_in_all then true
        end as sets_known
    from memberships
    window queue_order as (
        partition by agent_id, queue_name order by occurred_at, line_position
    )
),

queue_states as (
    select
        agent_id,
        queue_name,
        occurred_at,
        line_position,
        coalesce(is_member, false) as is_member,
        coalesce(last_value(sets_known ignore nulls) over queue_order, false) as is_known,
        coalesce(last_value(sets_pause ignore nulls) over queue_order, false) as is_paused
    from changes
    window queue_order as (
        partition by agent_id, queue_name order by occurred_at, line_position
    )
),

counts as (
    select
        agent_id,
        occurred_at,
        line_position,
        {%- for name, condition in {
            'member': 'is_member',
            'paused_member': 'is_member and is_paused',
            'known': 'is_known',
            'paused_known': 'is_known and is_paused',
            'paused_in_all': "queue_name = '' and is_paused",
        }.items() %}
        cast({{ condition }} as integer)
        - lag(cast({{ condition }} as integer), 1, 0) over queue_order as {{ name }}_change
        {{- ',' if not loop.last }}
        {%- endfor %}
    from queue_states
    window queue_order as (
        partition by agent_id, queue_name order by occurred_at, line_position
    )
),

agent_counts as (
    select
        agent_id,
        line_position,
        {%- for name in ['member', 'paused_member', 'known', 'paused_known', 'paused_in_all'] %}
        sum(sum({{ name }}_change)) over agent_order as {{ name }}_count,
        {%- endfor %}
        occurred_at
    from counts
    group by agent_id, occurred_at, line_position
    window agent_order as (partition by agent_id order by occurred_at, line_position)
),

agent_pauses as (
    select
        agent_id,
        occurred_at,
        line_position,
        case
            when member_count > 0 then paused_member_count = member_count
            when known_count > 0 then paused_known_count = known_count
            else paused_in_all_count > 0
        end as is_paused
    from agent_counts
)

select
    line_position,
    is_paused,
    lag(is_paused, 1, false) over (
        partition by agent_id order by occurred_at, line_position
    ) as was_paused
from agent_pauses
