-- The accepted events of a session in their order, each with what lies before and after it.
{%- set ends_leg = "event_type in ('queued', 'accepted', 'abandoned', 'dequeued', 'closed')" %}
{%- set moves_session = "event_type in ('queued', 'dequeued', 'accepted', 'abandoned',"
    ~ " 'transferred', 'released', 'closed', 'reopened')" %}
with ordered as (
    select
        session_key,
        event_position,
        event_type,
        occurred_at,
        actor_type,
        agent_id,
        to_agent_id,
        disposition,
        team_id,
        outcome,
        was_closed,
        event_type = 'closed' and not was_closed as is_effective_close,
        -- 0 before the first acceptance; an event at or after the n-th belongs to contact n.
        count(*) filter (where event_type = 'accepted') over upto_here as contact_number,
        count(*) filter (where event_type = 'closed' and not was_closed) over upto_here
            as close_number,
        coalesce(
            skill_id,
            {{ ignoring_nulls(
                'last_value',
                "case event_type when 'queued' then skill_id when 'transferred' then to_skill_id end"
            ) }} over upto_here
        ) as skill_id,
        {{ ignoring_nulls(
            'last_value', 'case when ' ~ moves_session ~ ' then event_type end'
        ) }} over before_here as previous_move,
        -- One value of several fields costs half of what a window for each of them does.
        {{ ignoring_nulls('first_value', 'case when ' ~ ends_leg ~ ' then ' ~ struct_of({
            'event_type': 'event_type', 'occurred_at': 'occurred_at', 'actor_type': 'actor_type',
            'agent_id': 'agent_id', 'event_position': 'event_position',
        }) ~ ' end') }} over from_here as next_queue_event
    from {{ ref('session_events_to_build') }}
    window
        upto_here as (
            partition by session_key order by event_position
            rows between unbounded preceding and current row
        ),
        before_here as (
            partition by session_key order by event_position
            rows between unbounded preceding and 1 preceding
        ),
        from_here as (
            partition by session_key order by event_position
            rows between 1 following and unbounded following
        )
)

select
    {{ star(without=['next_queue_event']) }},
    {{ field_of('next_queue_event', 'event_type') }} as next_queue_event_type,
    {{ field_of('next_queue_event', 'occurred_at') }} as next_queue_event_at,
    {{ field_of('next_queue_event', 'actor_type') }} as next_queue_actor_type,
    {{ field_of('next_queue_event', 'agent_id') }} as next_queue_agent_id,
    {{ field_of('next_queue_event', 'event_position') }} as next_queue_event_position
from ordered
