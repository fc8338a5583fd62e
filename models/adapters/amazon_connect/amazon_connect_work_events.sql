-- Ringing, holds and after-contact work of each contact.
with legs as (
    select
        *,
        leg_number * 20 as first_seq
    from {{ ref('amazon_connect_legs') }}
),

changes as (
    select
        changes.*,
        legs.session_id,
        legs.skill_id,
        legs.first_seq,
        legs.contact_id || '/' || changes.change_number as change_id
    from {{ ref('amazon_connect_agent_contacts') }} as changes
    inner join legs on changes.contact_id = legs.contact_id
),

shown_holds as (
    select distinct
        contact_id,
        agent_id
    from {{ ref('amazon_connect_agent_contacts') }}
    where phase = 'held'
),

-- Without events of the agent that show them, the record says for how long the customer was on
-- hold, not when: right before the contact ends, or another agent takes it.
holds as (
    select
        legs.*,
        least(legs.left_at, legs.next_connected_at) as hold_ended_at,
        greatest(
            least(legs.left_at, legs.next_connected_at) - legs.hold_time, legs.connected_at
        ) as hold_started_at
    from legs
    anti join shown_holds
        on legs.contact_id = shown_holds.contact_id
        and legs.agent_id = shown_holds.agent_id
    where legs.hold_time > interval 0 seconds
),

events as (
    select
        change_id || '/offered' as event_id,
        session_id,
        started_at as occurred_at,
        first_seq + 2 as event_seq,
        'offered' as event_type,
        agent_id,
        skill_id,
        cast(null as varchar) as outcome
    from changes
    where
        not is_outbound
        and (
            phase = 'offered'
            or (phase in ('missed', 'declined') and former_phase is distinct from 'offered')
        )

    union all by name

    select
        change_id || '/offer_ended' as event_id,
        session_id,
        started_at as occurred_at,
        first_seq + 3 as event_seq,
        'offer_ended' as event_type,
        agent_id,
        phase as outcome
    from changes
    where
        not is_outbound
        and (phase in ('missed', 'declined') or (phase = 'withdrawn' and former_phase = 'offered'))

    union all by name

    select
        change_id || case phase when 'held' then '/held' else '/resumed' end as event_id,
        session_id,
        started_at as occurred_at,
        first_seq + case phase when 'held' then 5 else 6 end as event_seq,
        case phase when 'held' then 'held' else 'resumed' end as event_type,
        agent_id
    from changes
    where phase = 'held' or former_phase = 'held'

    union all by name

    select
        contact_id || unnest(['/held', '/resumed']) as event_id,
        session_id,
        unnest([hold_started_at, hold_ended_at]) as occurred_at,
        first_seq + unnest([5, 6]) as event_seq,
        unnest(['held', 'resumed']) as event_type,
        agent_id
    from holds
    where hold_ended_at is not null

    union all by name

    select
        contact_id || unnest(['/wrap_up_started', '/wrap_up_ended']) as event_id,
        session_id,
        unnest([
            coalesce(work_started_at, left_at),
            coalesce(work_ended_at, coalesce(work_started_at, left_at) + work_time)
        ]) as occurred_at,
        first_seq + unnest([17, 18]) as event_seq,
        unnest(['wrap_up_started', 'wrap_up_ended']) as event_type,
        agent_id
    from legs
    where
        connected_at is not null
        and coalesce(work_ended_at - work_started_at, work_time) > interval 0 seconds
        and coalesce(work_started_at, left_at) is not null
)

select
    event_id,
    session_id,
    cast(occurred_at as varchar) as occurred_at,
    event_seq,
    event_type,
    'agent' as actor_type,
    agent_id,
    skill_id,
    outcome
from events
