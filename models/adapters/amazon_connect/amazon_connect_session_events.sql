-- What happened to each session, by the fields of its contacts.
with legs as (
    select
        *,
        {{ amazon_connect_actor('disconnect_reason', 'initiation_method') }} as disconnecting_actor,
        -- Later contacts follow at the same instant, within a contact its own steps.
        leg_number * 20 as first_seq,
        -- As the record says it, but where the agent left before.
        case
            when left_at < coalesce(disconnected_at, 'infinity') then cast(left_at as varchar)
            else disconnect_timestamp
        end as left_timestamp
    from {{ ref('amazon_connect_legs') }}
),

-- A session ends when the last of its contacts has, and goes on while one has no end.
ends as (
    select
        session_id,
        max(disconnected_at) as ended_at,
        max(first_seq) + 19 as event_seq,
        max(disconnect_timestamp) filter (where disconnected_at is null) as unreadable_end,
        count(*) = count(disconnect_timestamp) as is_ended,
        arg_max(
            struct_pack(actor := disconnecting_actor, agent_id := agent_id),
            (disconnected_at, leg_number)
        ) filter (where disconnected_at is not null) as last_leg
    from legs
    group by session_id
),

-- Nobody answered and nothing followed: the customer gave up if that ended the waiting too.
unanswered as (
    select
        *,
        coalesce(dequeue_timestamp, disconnect_timestamp) as out_timestamp,
        disconnect_timestamp is not null
        and not is_followed
        and coalesce(disconnecting_actor = 'customer', true)
        and coalesce(
            disconnected_at - dequeued_at
            <= to_seconds(case when disconnecting_actor is null then 1 else 5 end),
            true
        ) as is_abandoned
    from legs
    where
        enqueue_timestamp is not null
        and connected_timestamp is null
        and coalesce(dequeue_timestamp, disconnect_timestamp) is not null
),

events as (
    select
        contact_id || '/queued' as event_id,
        session_id,
        -- Until its time comes a scheduled contact waits for nobody.
        case
            when
                scheduled_at > enqueued_at
                and scheduled_at <= coalesce(connected_at, dequeued_at, disconnected_at)
                then cast(scheduled_at as varchar)
            else enqueue_timestamp
        end as occurred_at,
        first_seq + 1 as event_seq,
        'queued' as event_type,
        skill_id
    from legs
    where enqueue_timestamp is not null

    union all by name

    select
        contact_id || '/accepted' as event_id,
        session_id,
        connected_timestamp as occurred_at,
        first_seq + 4 as event_seq,
        'accepted' as event_type,
        'agent' as actor_type,
        agent_id,
        skill_id
    from legs
    where connected_timestamp is not null

    union all by name

    select
        contact_id || case when is_abandoned then '/abandoned' else '/dequeued' end as event_id,
        session_id,
        out_timestamp as occurred_at,
        first_seq + 7 as event_seq,
        case when is_abandoned then 'abandoned' else 'dequeued' end as event_type,
        case when is_abandoned then 'customer' else 'system' end as actor_type,
        case
            when not is_abandoned then lower(coalesce(following_method, disconnect_reason))
        end as reason
    from unanswered

    union all by name

    select
        contact_id || '/transferred' as event_id,
        session_id,
        coalesce(left_timestamp, handed_over_timestamp) as occurred_at,
        first_seq + 8 as event_seq,
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
        legs.left_timestamp as occurred_at,
        legs.first_seq + 8 as event_seq,
        'released' as event_type,
        legs.agent_id
    from legs
    inner join ends on legs.session_id = ends.session_id
    where
        legs.connected_timestamp is not null
        and legs.left_timestamp is not null
        and not legs.is_handed_over
        and (not ends.is_ended or legs.left_at < ends.ended_at)

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

    union all by name

    select * from {{ ref('amazon_connect_work_events') }}
)

select * from events
