-- Holds, as the answers to calls' details tell them, and after-call work, as agents' status
-- histories do: it ends with the agent's next state. Mute is no hold; a kind of event that isn't
-- known goes on by its name.
{{ config(materialized='table') }}

with told as (
    select
        session_id,
        unnest(events) as told_event
    from {{ ref('tencent_ccc_calls') }}
    where session_id is not null
),

call_events as (
    select
        session_id,
        {{ said_time("told_event['Timestamp']") }} as said_at,
        {{ said("told_event['EventType']") }} as told_type,
        -- Without agents, one whom nobody knows: the open agent contact's.
        unnest(
            case
                when len(told_event['StaffEventDetail']['Staffs']) > 0
                    then list_transform(
                        told_event['StaffEventDetail']['Staffs'], lambda staff: staff['Mail']
                    )
                else [null]
            end
        ) as agent_id
    from told
),

after_call_work as (
    select
        session_id,
        agent_id,
        said_at,
        occurred_at,
        next_at
    from {{ ref('tencent_ccc_states') }}
    where status = 'afterCallWork' and session_id is not null
),

events as (
    select
        concat_ws('/', session_id, told_type, said_at, agent_id) as event_id,
        session_id,
        said_at,
        {{ instant_of_epoch('said_at') }} as occurred_at,
        case told_type when 'StaffHold' then 50 else 51 end as event_seq,
        case told_type
            when 'StaffHold' then 'held'
            when 'StaffUnhold' then 'resumed'
            else told_type
        end as event_type,
        agent_id
    from call_events
    where told_type not in ('StaffMute', 'StaffUnmute')

    union all by name

    select
        concat_ws('/', session_id, 'wrap_up_started', said_at, agent_id) as event_id,
        session_id,
        said_at,
        occurred_at,
        950000 as event_seq,
        'wrap_up_started' as event_type,
        agent_id
    from after_call_work

    union all by name

    select
        concat_ws('/', session_id, 'wrap_up_ended', said_at, agent_id) as event_id,
        session_id,
        cast(epoch(next_at) as varchar) as said_at,
        next_at as occurred_at,
        950001 as event_seq,
        'wrap_up_ended' as event_type,
        agent_id
    from after_call_work
    where next_at is not null
)

select
    *,
    'agent' as actor_type
from events
