-- Tags that stand. A detach without a message undoes all of the tag so far; one that names a
-- message undoes the last attachment to it that still stands, as the top of a stack: an attachment
-- stands if the height of its stack never falls below its own again.
with events as (
    select
        event_id,
        session_key,
        message_id,
        agent_id,
        tag_name,
        event_type,
        occurred_at,
        event_type = 'detached' and message_id is null as undoes_all
    from {{ ref('tag_events_to_build') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by session_key, tag_name order by occurred_at, event_id
        ) as event_rank
    from events
),

since_last_undoing as (
    select
        *,
        max(case when undoes_all then event_rank end) over (
            partition by session_key, tag_name
        ) as last_undoing_rank
    from ranked
    qualify event_rank > coalesce(last_undoing_rank, 0)
),

heights as (
    select
        *,
        sum(case event_type when 'attached' then 1 else -1 end) over stack_order as height
    from since_last_undoing
    window stack_order as (partition by session_key, tag_name, message_id order by event_rank)
),

later_heights as (
    select
        *,
        min(height) over (
            partition by session_key, tag_name, message_id order by event_rank
            rows between 1 following and unbounded following
        ) as lowest_later_height
    from heights
)

select
    event_id as attachment_id,
    session_key,
    message_id,
    agent_id,
    tag_name,
    occurred_at as attached_at
from later_heights
where event_type = 'attached' and coalesce(lowest_later_height >= height, true)
