-- What the digital stream says of statuses, and of after-contact work. Its end isn't told: the
-- queue's timer is the latest that it can be.
with works as (
    select
        event_id,
        session_id,
        occurred_text,
        occurred_at,
        coalesce(contact_agent_id, user_id, case_agent_id) as agent_id,
        try_cast(timer_milliseconds as bigint) as timer_milliseconds
    from {{ ref('nice_cxone_events') }}
    where event_type = 'digitalacwstarted' and session_id is not null
),

statuses as (
    select * from {{ ref('nice_cxone_statuses') }}
),

events as (
    select
        event_id || '/closed' as event_id,
        session_id,
        occurred_text as occurred_at,
        200 as event_seq,
        'closed' as event_type,
        case when case_agent_id is not null and not is_case_with_bot then 'agent' else 'system' end
            as actor_type,
        case when not is_case_with_bot then case_agent_id end as agent_id,
        status as reason
    from statuses
    where meaning = 'closed' and former_meaning != 'closed'

    union all by name

    select
        event_id || '/reopened' as event_id,
        session_id,
        occurred_text as occurred_at,
        5 as event_seq,
        'reopened' as event_type,
        status as reason
    from statuses
    where meaning != 'closed' and former_meaning = 'closed'

    union all by name

    select
        event_id || '/pended' as event_id,
        session_id,
        occurred_text as occurred_at,
        90 as event_seq,
        'pended' as event_type,
        status as reason
    from statuses
    where meaning = 'pended' and former_meaning != 'pended'

    union all by name

    select
        event_id || '/unpended' as event_id,
        session_id,
        occurred_text as occurred_at,
        30 as event_seq,
        'unpended' as event_type,
        status as reason
    from statuses
    where meaning = 'open' and former_meaning = 'pended'

    union all by name

    select
        event_id || '/wrap_up_started' as event_id,
        session_id,
        occurred_text as occurred_at,
        210 as event_seq,
        'wrap_up_started' as event_type,
        'agent' as actor_type,
        agent_id
    from works

    union all by name

    select
        event_id || '/wrap_up_ended' as event_id,
        session_id,
        cast(occurred_at + to_milliseconds(timer_milliseconds) as varchar) as occurred_at,
        220 as event_seq,
        'wrap_up_ended' as event_type,
        'agent' as actor_type,
        agent_id
    from works
    where timer_milliseconds > 0
)

select * from events
