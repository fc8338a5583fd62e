-- The accepted events of a session in their order, each with what lies before and after it.
{%- set ends_leg = "event_type in ('queued', 'accepted', 'abandoned', 'dequeued', 'closed')" %}
select
    session_key,
    event_position,
    event_type,
    occurred_at,
    actor_type,
    agent_id,
    skill_id,
    to_agent_id,
    disposition,
    team_id,
    event_type = 'closed' and not was_closed as is_effective_close,
    -- 0 before the first acceptance; an event at or after the n-th belongs to stint n.
    count(*) filter (where event_type = 'accepted') over upto_here as contact_number,
    count(*) filter (where event_type = 'closed' and not was_closed) over upto_here as close_number,
    {{ ignoring_nulls(
        'last_value',
        "case event_type when 'queued' then skill_id when 'transferred' then to_skill_id end"
    ) }} over upto_here as routed_skill_id,
    {{ ignoring_nulls(
        'first_value', 'case when ' ~ ends_leg ~ ' then event_type end'
    ) }} over from_here as next_queue_event_type,
    {{ ignoring_nulls(
        'first_value', 'case when ' ~ ends_leg ~ ' then occurred_at end'
    ) }} over from_here as next_queue_event_at
from {{ ref('session_events_to_build') }}
window
    upto_here as (
        partition by session_key order by event_position
        rows between unbounded preceding and current row
    ),
    from_here as (
        partition by session_key order by event_position
        rows between 1 following and unbounded following
    )
