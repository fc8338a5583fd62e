-- What the events of the calls are in the contract.
{{ config(materialized='table') }}

with call_events as (
    select
        *,
        -- What lies before the first ENTERQUEUE belongs to no session.
        case when entry_number > 0 or entry_count = 0 then call_id end as session_id,
        call_id || '/' || call_position || '/' as id_begins
    from {{ ref('asterisk_call_events') }}
    -- Who leaves a queue or is refused by one and enters another is not closed.
    where meaning not in ('left', 'refused') or entry_number = entry_count
),

events as (
    select
        *,
        case when meaning in ('left', 'refused') then 'closed' else meaning end as event_type,
        2 as step
    from call_events

    union all

    select
        *,
        'reopened' as event_type,
        1 as step
    from call_events
    where meaning = 'queued' and entry_number > 1 and is_after_close

    union all

    select
        *,
        'closed' as event_type,
        3 as step
    from call_events
    where meaning = 'abandoned'
),

-- What has no time, no call or no known name ends in quarantine and is seen there.
unplaced as (
    select
        *,
        concat_ws(
            '/', coalesce(call_id, 'NONE'), occurred_at, reported_time, event, queue_name, agent_id
        ) as event_id
    from {{ ref('asterisk_events') }}
    where
        meaning is null
        or meaning = 'nothing'
        or (
            meaning in (
                'queued', 'accepted', 'closed', 'transferred', 'abandoned', 'left', 'refused'
            )
            and (call_id is null or occurred_at is null)
        )
),

all_events as (
    select
        id_begins || event_type as event_id,
        session_id,
        occurred_at,
        cast(null as varchar) as reported_time,
        line_position * 4 + step as event_seq,
        event_type,
        case
            when event_type in ('accepted', 'transferred') or event = 'COMPLETEAGENT' then 'agent'
            when meaning in ('abandoned', 'closed') then 'customer'
            when event_type = 'closed' then 'system'
        end as actor_type,
        case
            when event_type in ('accepted', 'transferred') or event = 'COMPLETEAGENT' then agent_id
        end as agent_id,
        case when event_type in ('queued', 'accepted') then queue_name end as skill_id,
        copy_count
    from events

    union all

    select
        event_id,
        case when meaning is null then coalesce(call_id, 'NONE') else call_id end as session_id,
        occurred_at,
        reported_time,
        line_position * 4 + 2 as event_seq,
        coalesce(event, 'no event') as event_type,
        cast(null as varchar) as actor_type,
        agent_id,
        queue_name as skill_id,
        copy_count
    from unplaced
)

select
    * exclude (reported_time)
    replace ({{ asterisk_reported_time('occurred_at', 'reported_time') }} as occurred_at)
from ({{ asterisk_each_copy('all_events') }})
