-- The events of each agent in their order. Positions are even; the odd one after an event stands
-- for a logout that is missing there. device_out_position: where the event's device, present from
-- here on, leaves again: at its logout, at one for all devices, or where a logout is missing.
with ordered as (
    select
        events.agent_id,
        events.device_id,
        events.event_type,
        events.state,
        events.reason,
        events.occurred_at,
        2 * cast(row_number() over agent_order as bigint) as event_position,
        lead(events.event_type, 1, 'end of data') over agent_order as next_event_type,
        lead(events.occurred_at, 1, data_span.as_of) over agent_order as next_event_at
    from {{ ref('agent_events_to_build') }} as events
    cross join {{ ref('data_span') }} as data_span
    window agent_order as (
        partition by events.agent_id
        order by events.occurred_at, coalesce(events.event_seq, 0), events.event_id
    )
),

silences as (
    select
        *,
        next_event_type in ('login', 'end of data')
        and next_event_at - occurred_at > {{ max_login_interval() }} as is_logout_missing_after
    from ordered
)

select
    agent_id,
    device_id,
    event_type,
    state,
    reason,
    occurred_at,
    event_position,
    is_logout_missing_after,
    least(
        min(case when event_type = 'logout' then event_position end) over (
            partition by agent_id, device_id order by event_position
            rows between 1 following and unbounded following
        ),
        min(case when event_type = 'logout' and device_id is null then event_position end) over (
            partition by agent_id order by event_position
            rows between 1 following and unbounded following
        ),
        min(case when is_logout_missing_after then event_position + 1 end) over (
            partition by agent_id order by event_position
            rows between current row and unbounded following
        ),
        {{ beyond_every_position() }}
    ) as device_out_position
from silences
