-- From each focus to the blur in the same session, the agent's next focus, or the end of the data.
with events as (
    select
        event_id,
        session_key,
        agent_id,
        event_type,
        occurred_at,
        lead(case when event_type = 'focus' then occurred_at end ignore nulls) over agent_order
            as next_focus_at,
        lead(case when event_type = 'blur' then occurred_at end ignore nulls) over session_order
            as next_blur_at
    from {{ ref('stg_focus_events') }}
    window
        agent_order as (partition by agent_id order by occurred_at, event_id),
        session_order as (partition by agent_id, session_key order by occurred_at, event_id)
)

select
    events.event_id as focus_id,
    events.session_key,
    events.agent_id,
    events.occurred_at as started_at,
    least(events.next_focus_at, events.next_blur_at, data_span.as_of) as ended_at
from events
cross join {{ ref('data_span') }} as data_span
where events.event_type = 'focus'
