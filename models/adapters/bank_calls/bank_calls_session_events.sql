-- The outcome decides: AGENT is accepted after its queue, if it queued, and closed after the
-- service; HANG is abandoned in the queue, if it queued, and closed by the customer.
with calls as (
    select * from {{ ref('bank_calls_calls') }}
),

events as (
    select
        session_id,
        'queued' as event_type,
        1 as event_seq,
        left_menu_at as occurred_at,
        null as actor_type,
        null as agent_id,
        service_type as skill_id,
        reported_times
    from calls
    where outcome in ('AGENT', 'HANG') and is_queued

    union all

    select
        session_id,
        'accepted' as event_type,
        2 as event_seq,
        queue_left_at as occurred_at,
        'agent' as actor_type,
        agent_id,
        service_type as skill_id,
        reported_times
    from calls
    where outcome = 'AGENT'

    union all

    select
        session_id,
        'abandoned' as event_type,
        2 as event_seq,
        queue_left_at as occurred_at,
        'customer' as actor_type,
        null as agent_id,
        null as skill_id,
        reported_times
    from calls
    where outcome = 'HANG' and is_queued

    union all

    -- Who ends an answered call isn't in the file.
    select
        session_id,
        'closed' as event_type,
        3 as event_seq,
        case when outcome = 'AGENT' then service_ended_at else queue_left_at end as occurred_at,
        case when outcome = 'HANG' then 'customer' end as actor_type,
        null as agent_id,
        null as skill_id,
        reported_times
    from calls
    where outcome in ('AGENT', 'HANG')

    union all

    -- Any other outcome is no event of the contract: its row ends in quarantine and is seen there.
    select
        session_id,
        coalesce(outcome, 'no outcome') as event_type,
        3 as event_seq,
        left_menu_at as occurred_at,
        null as actor_type,
        null as agent_id,
        null as skill_id,
        reported_times
    from calls
    where outcome is null or outcome not in ('AGENT', 'HANG')
)

select
    session_id || '/' || event_type as event_id,
    session_id,
    coalesce(cast(occurred_at as varchar), reported_times) as occurred_at,
    event_seq,
    event_type,
    actor_type,
    agent_id,
    skill_id
from events
