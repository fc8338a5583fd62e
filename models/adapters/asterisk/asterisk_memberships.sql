-- Who joins and leaves which queue, as ADDMEMBER and REMOVEMEMBER tell it. Who leaves without
-- having joined was there before the files begin. When Asterisk comes up again it may know its
-- members still or not: it does, unless the queue says nothing more of one, or next that they join.
{{ config(materialized='table') }}

with told as (
    select
        agent_id,
        queue_name,
        occurred_at,
        line_position,
        meaning
    from {{ ref('asterisk_events') }}
    where is_usable and meaning in ('joined', 'quit') and queue_name is not null
),

members as (
    select
        agent_id,
        queue_name,
        arg_min(meaning, (occurred_at, line_position)) = 'quit' as is_member_before
    from told
    group by agent_id, queue_name
),

signs as (
    select * from told

    union all

    select
        events.agent_id,
        events.queue_name,
        events.occurred_at,
        events.line_position,
        'seen' as meaning
    from {{ ref('asterisk_events') }} as events
    inner join members
        on events.agent_id = members.agent_id
        and events.queue_name = members.queue_name
    where events.is_usable and events.meaning in ('accepted', 'missed', 'paused', 'unpaused')
),

followed_signs as (
    select
        *,
        last_value(case when meaning != 'seen' then meaning end ignore nulls) over member_order
            as last_told,
        lead(meaning) over member_order as next_meaning,
        lead(occurred_at) over member_order as next_occurred_at
    from signs
    window member_order as (partition by agent_id, queue_name order by occurred_at, line_position)
),

last_signs as (
    select *
    from followed_signs
    where last_told = 'joined' and coalesce(next_meaning, 'joined') = 'joined'
),

forgotten as (
    select
        last_signs.agent_id,
        last_signs.queue_name,
        restarts.occurred_at,
        restarts.line_position
    from last_signs
    asof inner join {{ ref('asterisk_restarts') }} as restarts
        on last_signs.occurred_at < restarts.occurred_at
    where coalesce(restarts.occurred_at <= last_signs.next_occurred_at, true)
)

select
    agent_id,
    queue_name,
    occurred_at,
    line_position,
    meaning,
    false as is_made
from told

union all

select
    agent_id,
    queue_name,
    occurred_at,
    line_position,
    'quit' as meaning,
    true as is_made
from forgotten

union all

select
    agent_id,
    queue_name,
    cast('-infinity' as timestamp) as occurred_at,
    -1 as line_position,
    'joined' as meaning,
    true as is_made
from members
where is_member_before
