-- Ringing, holds, parking, after-call work and codes of each agent's part. Zero-length holds are
-- none.
with segments as (
    select
        *,
        conversation_id || '/' || part_number || '/' || segment_number as segment_id
    from {{ ref('genesys_cloud_segments') }}
    where purpose = 'agent' and started_at is not null
),

-- A part may ring more than once: who answers it has answered the last ringing.
rings as (
    select
        *,
        coalesce(
            has_interaction
            and segment_number = max(segment_number) over (
                partition by conversation_id, part_number
            ),
            false
        ) as is_answered,
        case
            when is_not_responding then 'missed'
            when disconnect_type in ('timeout', 'noanswertransfer', 'notavailabletransfer')
                then 'missed'
            when disconnect_type = 'client' then 'declined'
            else 'withdrawn'
        end as offer_outcome
    from segments
    where segment_type = 'alert'
),

codes as (
    select
        entity_id,
        max_by(entity_name, (coalesce(received_at, ''), entity_name)) as code_name
    from {{ ref('genesys_cloud_names') }}
    where entity_kind = 'routing/wrapupcodes'
    group by entity_id
),

events as (
    select
        conversation_id,
        segment_id || '/offered' as event_id,
        started_at as occurred_at,
        70 as event_seq,
        'offered' as event_type,
        agent_id,
        queue_id as skill_id
    from rings

    union all by name

    select
        conversation_id,
        segment_id || '/offer_ended' as event_id,
        ended_at as occurred_at,
        case when ended_at = started_at then 75 else 45 end as event_seq,
        'offer_ended' as event_type,
        agent_id,
        offer_outcome as outcome,
        disconnect_type as reason
    from rings
    where not is_answered and ended_at is not null

    union all by name

    select
        conversation_id,
        segment_id || case segment_type when 'hold' then '/held' else '/pended' end as event_id,
        started_at as occurred_at,
        90 as event_seq,
        case segment_type when 'hold' then 'held' else 'pended' end as event_type,
        agent_id
    from segments
    where
        segment_type in ('hold', 'parked')
        and has_interaction
        and (ended_at is null or ended_at > started_at)

    union all by name

    select
        conversation_id,
        segment_id || case segment_type when 'hold' then '/resumed' else '/unpended' end
            as event_id,
        ended_at as occurred_at,
        30 as event_seq,
        case segment_type when 'hold' then 'resumed' else 'unpended' end as event_type,
        agent_id
    from segments
    where segment_type in ('hold', 'parked') and has_interaction and ended_at > started_at

    union all by name

    select
        conversation_id,
        segment_id || '/wrap_up_started' as event_id,
        started_at as occurred_at,
        210 as event_seq,
        'wrap_up_started' as event_type,
        agent_id
    from segments
    where segment_type = 'wrapup' and has_interaction

    union all by name

    select
        conversation_id,
        segment_id || '/wrap_up_ended' as event_id,
        ended_at as occurred_at,
        220 as event_seq,
        'wrap_up_ended' as event_type,
        agent_id
    from segments
    where segment_type = 'wrapup' and has_interaction and ended_at is not null

    union all by name

    select
        segments.conversation_id,
        segments.segment_id || '/disposition_set' as event_id,
        coalesce(segments.ended_at, segments.started_at) as occurred_at,
        230 as event_seq,
        'disposition_set' as event_type,
        segments.agent_id,
        coalesce(codes.code_name, segments.wrap_up_code) as disposition
    from segments
    left join codes on segments.wrap_up_code = codes.entity_id
    where
        segments.segment_type = 'wrapup'
        and segments.has_interaction
        and segments.wrap_up_code is not null
)

select
    event_id,
    conversation_id as session_id,
    cast(occurred_at as varchar) as occurred_at,
    event_seq,
    event_type,
    'agent' as actor_type,
    agent_id,
    skill_id,
    outcome,
    reason,
    disposition
from events
