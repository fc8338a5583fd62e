-- What callbacks say happened to sessions. An agent who takes a session from another begins a new
-- part: that one hands over at the same instant, just before.
{{ config(materialized='table') }}

with callbacks as (
    select *
    from {{ ref('tencent_desk_callbacks') }}
    where meaning is not null
),

events as (
    select
        callback_id as event_id,
        session_id,
        said_at,
        occurred_at,
        case meaning
            when 'queued' then 1
            when 'accepted' then 3
            when 'transferred' then 3
            else 4
        end as event_seq,
        case
            when meaning in ('accepted', 'transferred') then 'accepted'
            when starts_with(meaning, 'closed') then 'closed'
            else meaning
        end as event_type,
        case meaning
            when 'closed_by_customer' then 'customer'
            when 'abandoned' then 'customer'
            when 'closed_by_system' then 'system'
            when 'closed_by_agent' then 'agent'
            when 'accepted' then 'agent'
            when 'transferred' then 'agent'
        end as actor_type,
        case
            when meaning in ('accepted', 'transferred', 'closed_by_agent') then agent_id
        end as agent_id,
        cast(null as varchar) as to_agent_id,
        cast(null as varchar) as reason,
        copy_count
    from callbacks
    where
        meaning in ('queued', 'accepted', 'transferred', 'abandoned', 'dequeued')
        or starts_with(meaning, 'closed')

    union all by name

    select
        callback_id || '|transferred' as event_id,
        session_id,
        said_at,
        occurred_at,
        2 as event_seq,
        'transferred' as event_type,
        'agent' as actor_type,
        former_agent_id as agent_id,
        agent_id as to_agent_id,
        copy_count
    from callbacks
    where meaning = 'transferred' or (meaning = 'accepted' and former_agent_id is not null)
),

copies as (
    select
        *,
        unnest(range(copy_count)) as copy_number
    from events
)

-- A callback that was tried again is a duplicate, which the contract's checks count.
select * exclude (copy_count, copy_number)
from copies
