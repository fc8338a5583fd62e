-- What happened to each session, by the fields of its contacts.
with legs as (
    select
        *,
        {{ amazon_connect_actor('disconnect_reason') }} as disconnecting_actor,
        -- Later contacts follow at the same instant, within a contact its own steps.
        leg_number * 10 as first_seq
    from {{ ref('amazon_connect_legs') }}
),

-- A session ends when the last of its contacts has, and goes on while one has no end.
ends as (
    select
        session_id,
        max(disconnected_at) as ended_at,
        max(first_seq) + 9 as event_seq,
        max(disconnect_timestamp) filter (where disconnected_at is null) as unreadable_end,
        count(*) = count(disconnect_timestamp) as is_ended,
        arg_max(
            struct_pack(actor := disconnecting_actor, agent_id := agent_id),
            (disconnected_at, leg_number)
        ) filter (where disconnected_at is not null) as last_leg
    from legs
    group by session_id
),

events as (
    select
        contact_id || '/queued' as event_id,
        session_id,
        enqueue_timestamp as occurred_at,
        first_seq + 1 as event_seq,
        'queued' as event_type,
        null as actor_type,
        null as agent_id,
        skill_id,
        null as to_agent_id,
        null as to_skill_id
    from legs
    where enqueue_timestamp is not null

    union all by name

    select
        contact_id || '/accepted' as event_id,
        session_id,
        connected_timestamp as occurred_at,
        first_seq + 2 as event_seq,
        'accepted' as event_type,
        'agent' as actor_type,
        agent_id,
        skill_id
    from legs
    where connected_timestamp is not null

    union all by name

    -- Nobody answered and nothing followed: the customer left. Where no reason tells who did, the
    -- queue was left at the contact's end.
    select
        contact_id || '/abandoned' as event_id,
        session_id,
        coalesce(dequeue_timestamp, disconnect_timestamp) as occurred_at,
        first_seq + 3 as event_seq,
        'abandoned' as event_type,
        'customer' as actor_type
    from legs
    where
        enqueue_timestamp is not null
        and connected_timestamp is null
        and disconnect_timestamp is not null
        and not is_followed
        and (
            disconnecting_actor = 'customer'
            or (
                disconnecting_actor is null
                and coalesce(dequeued_at >= disconnected_at - interval 1 second, true)
            )
        )

    union all by name

    select
        contact_id || '/transferred' as event_id,
        session_id,
        coalesce(disconnect_timestamp, handed_over_timestamp) as occurred_at,
        first_seq + 4 as event_seq,
        'transferred' as event_type,
        'agent' as actor_type,
        agent_id,
        to_agent_id,
        to_skill_id
    from legs
    where is_handed_over

    union all by name

    -- The agent is through with it, and the session goes on.
    select
        legs.contact_id || '/released' as event_id,
        legs.session_id,
        legs.disconnect_timestamp as occurred_at,
        legs.first_seq + 4 as event_seq,
        'released' as event_type,
        null as actor_type,
        legs.agent_id
    from legs
    inner join ends on legs.session_id = ends.session_id
    where
        legs.connected_timestamp is not null
        and legs.disconnect_timestamp is not null
        and not legs.is_handed_over
        and (not ends.is_ended or legs.disconnected_at < ends.ended_at)

    union all by name

    select
        session_id || '/closed' as event_id,
        session_id,
        coalesce(unreadable_end, cast(ended_at as varchar)) as occurred_at,
        event_seq,
        'closed' as event_type,
        last_leg.actor as actor_type,
        case when last_leg.actor = 'agent' then last_leg.agent_id end as agent_id
    from ends
    where is_ended
)

select * from events
