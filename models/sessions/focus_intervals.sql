-- From each focus to the blur in the same session, the agent's next focus, or the end of the data.
with followed as (
    select
        event_id,
        session_key,
        agent_id,
        event_type,
        occurred_at,
        {{ ignoring_nulls('lead', "case when event_type = 'focus' then occurred_at end") }}
            over agent_order as next_focus_at,
        {{ ignoring_nulls('lead', "case when event_type = 'blur' then occurred_at end") }}
            over session_order as next_blur_at
    from {{ ref('focus_events_to_build') }}
    window
        agent_order as (partition by agent_id order by occurred_at, event_id),
        session_order as (partition by agent_id, session_key order by occurred_at, event_id)
)

select
    followed.event_id as focus_id,
    followed.session_key,
    followed.agent_id,
    followed.occurred_at as started_at,
    least(followed.next_focus_at, followed.next_blur_at, data_span.as_of) as ended_at
from followed
cross join {{ ref('data_span') }} as data_span
where followed.event_type = 'focus'
