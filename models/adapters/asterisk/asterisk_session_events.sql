-- What the events of the calls are in the contract.
with call_events as not materialized (
    select
        *,
        -- A session whose beginning isn't in the files is unknown; what lies before one has none.
        case when is_of_session or not has_session then call_id end as session_id
    from {{ ref('asterisk_call_events') }}
),

events as not materialized (
    select
        *,
        2 as step,
        case
            when meaning in ('closed_by_agent', 'closed_by_customer', 'outcall') then 'closed'
            else meaning
        end as event_type
    from call_events
    where
        meaning not in ('called', 'left', 'refused', 'missed', 'withdrawn')
        -- Who is called waits in no queue that could be abandoned.
        and not (meaning = 'abandoned' and is_dialled)

    union all

    select
        *,
        1 as step,
        'reopened' as event_type
    from call_events
    where is_reopening

    union all

    -- Out of the queue, whatever comes then.
    select
        *,
        3 as step,
        'dequeued' as event_type
    from call_events
    where meaning in ('left', 'refused') and queued_at is not null

    union all

    -- Who leaves a queue, or is refused by one, and enters another is not closed.
    select
        *,
        4 as step,
        'closed' as event_type
    from call_events
    where meaning = 'abandoned' or (meaning in ('left', 'refused') and not is_queued_again)
),

all_events as not materialized (
    select
        line_position * 8 + step as event_seq,
        session_id,
        occurred_at,
        cast(null as varchar) as reported_time,
        event_type,
        case
            when meaning in ('accepted', 'transferred', 'closed_by_agent', 'disposition_set')
                then 'agent'
            -- Of calls that are dialled here the log doesn't say who hung up.
            when meaning = 'outcall' or (meaning = 'abandoned' and is_dialled) then null
            when meaning in ('abandoned', 'closed_by_customer') then 'customer'
            when event_type in ('closed', 'dequeued') then 'system'
        end as actor_type,
        case
            when
                meaning in ('accepted', 'transferred', 'closed_by_agent')
                or meaning in {{ asterisk_side_meanings() }}
                then agent_id
        end as agent_id,
        case when event_type in ('queued', 'accepted') then queue_name end as skill_id,
        case when event_type = 'dequeued' then detail end as reason,
        cast(null as varchar) as outcome,
        case when event_type = 'disposition_set' then detail end as disposition,
        copy_count
    from events

    union all by name

    select * from {{ ref('asterisk_further_events') }}

    union all by name

    -- What has no time, no call or no known name ends in quarantine and is seen there.
    select
        line_position * 8 as event_seq,
        case when meaning is null then coalesce(call_id, 'NONE') else call_id end as session_id,
        occurred_at,
        reported_time,
        coalesce(other_event, meaning, 'no event') as event_type,
        agent_id,
        queue_name as skill_id,
        copy_count
    from {{ ref('asterisk_events') }}
    where not is_usable and coalesce(meaning, '') not in {{ asterisk_agent_meanings() }}
),

each_copy as (
    {{ asterisk_each_copy('all_events') | indent(4) }}
)

select
    -- Short: it is the number of the line, and of the event that is made of it.
    cast(event_seq as varchar) as event_id,
    session_id,
    {{ reported_time('asterisk_log', said_as='reported_time') }} as occurred_at,
    event_seq,
    event_type,
    actor_type,
    agent_id,
    skill_id,
    reason,
    outcome,
    disposition
from each_copy
