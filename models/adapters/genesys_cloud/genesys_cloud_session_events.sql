-- What happened to each conversation. At one instant a bot ends before a hold, a hold before the
-- agent leaves, then comes the queue, ringing, an acceptance, and last the end and what is done
-- after it.
with contacts as (
    select
        contacts.*,
        contacts.conversation_id || '/' || contacts.part_number as contact_id,
        contacts.disconnect_type in {{ genesys_cloud_list(['handover']) }} as is_handed_over,
        ends.closed_at
    from {{ ref('genesys_cloud_agent_contacts') }} as contacts
    left join {{ ref('genesys_cloud_ends') }} as ends
        on contacts.conversation_id = ends.conversation_id
),

-- The first queue that a conversation enters where an agent hands it over, before another takes it.
next_queues as (
    select
        contacts.contact_id,
        arg_min(stays.queue_id, stays.queued_at) as queue_id
    from contacts
    inner join {{ ref('genesys_cloud_queue_stays') }} as stays
        on contacts.conversation_id = stays.conversation_id
    where
        contacts.is_handed_over
        and stays.queued_at >= contacts.left_at - interval 2 seconds
        and stays.queued_at > contacts.accepted_at
        and coalesce(stays.queued_at <= contacts.next_accepted_at, true)
    group by contacts.contact_id
),

events as (
    select
        conversation_id || '/bot_started' as event_id,
        conversation_id as session_id,
        cast(started_at as varchar) as occurred_at,
        10 as event_seq,
        'bot_started' as event_type,
        'bot' as actor_type,
        cast(null as varchar) as outcome
    from {{ ref('genesys_cloud_bots') }}

    union all by name

    select
        conversation_id || '/bot_ended' as event_id,
        conversation_id as session_id,
        cast(ended_at as varchar) as occurred_at,
        20 as event_seq,
        'bot_ended' as event_type,
        'bot' as actor_type,
        outcome
    from {{ ref('genesys_cloud_bots') }}
    where ended_at is not null

    union all by name

    select
        conversation_id || '/' || part_number || '/queued' as event_id,
        conversation_id as session_id,
        cast(queued_at as varchar) as occurred_at,
        60 as event_seq,
        'queued' as event_type,
        queue_id as skill_id
    from {{ ref('genesys_cloud_queue_stays') }}

    union all by name

    select
        conversation_id || '/' || part_number || '/left' as event_id,
        conversation_id as session_id,
        cast(left_at as varchar) as occurred_at,
        case when left_at = queued_at then 65 else 50 end as event_seq,
        case when is_abandoned then 'abandoned' else 'dequeued' end as event_type,
        case when is_abandoned then 'customer' else 'system' end as actor_type,
        nullif(disconnect_type, '') as reason
    from {{ ref('genesys_cloud_queue_stays') }}
    where not is_answered and left_at is not null

    union all by name

    select
        contact_id || '/accepted' as event_id,
        conversation_id as session_id,
        cast(accepted_at as varchar) as occurred_at,
        80 as event_seq,
        'accepted' as event_type,
        'agent' as actor_type,
        agent_id,
        queue_id as skill_id,
        team_id
    from contacts

    union all by name

    -- Whom a conversation leaves while it goes on; where it ends then, the end says so.
    select
        contacts.contact_id || '/left' as event_id,
        contacts.conversation_id as session_id,
        cast(contacts.left_at as varchar) as occurred_at,
        case when contacts.left_at = contacts.accepted_at then 85 else 40 end as event_seq,
        case when contacts.is_handed_over then 'transferred' else 'released' end as event_type,
        'agent' as actor_type,
        contacts.agent_id,
        case
            when contacts.is_handed_over and next_queues.queue_id is null
                then contacts.next_agent_id
        end as to_agent_id,
        next_queues.queue_id as to_skill_id,
        nullif(contacts.disconnect_type, '') as reason
    from contacts
    left join next_queues on contacts.contact_id = next_queues.contact_id
    where
        contacts.left_at is not null
        and (
            contacts.is_handed_over
            or contacts.closed_at is null
            or contacts.left_at < contacts.closed_at
        )

    union all by name

    select
        conversation_id || '/closed' as event_id,
        conversation_id as session_id,
        closed_text as occurred_at,
        200 as event_seq,
        'closed' as event_type,
        actor_type,
        agent_id
    from {{ ref('genesys_cloud_ends') }}

    union all by name

    select
        place || '/' || word_kind as event_id,
        conversation_id as session_id,
        occurred_at,
        word as event_type
    from {{ ref('genesys_cloud_unknown_words') }}
    where conversation_id is not null

    union all by name

    select * from {{ ref('genesys_cloud_work_events') }}
)

select * from events
