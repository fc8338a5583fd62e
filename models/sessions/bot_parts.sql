-- The first part of a session that a bot has: from its start, or its first message before anybody
-- was looked for, until it ends or the session moves on. Messages come before events of the same
-- instant.
with timeline as (
    select * from {{ ref('session_timeline') }}
),

bot_messages as (
    select
        session_key,
        sent_at
    from {{ ref('messages_to_build') }}
    where sender_type = 'bot'
),

candidates as (
    select session_key from timeline
    where event_type = 'bot_started'
    union distinct
    select session_key from bot_messages
),

first_events as (
    select
        timeline.session_key,
        min(timeline.event_position) filter (where timeline.event_type = 'bot_started')
            as started_position,
        min(timeline.occurred_at) filter (where timeline.event_type = 'bot_started') as started_at,
        min(timeline.occurred_at) filter (where timeline.event_type in ('queued', 'accepted'))
            as first_routed_at,
        min(timeline.event_position) filter (where timeline.event_type = 'accepted')
            as first_accepted_position
    from timeline
    inner join candidates
        on timeline.session_key = candidates.session_key
    group by timeline.session_key
),

first_messages as (
    select
        session_key,
        min(sent_at) as sent_at
    from bot_messages
    group by session_key
),

starts as (
    select
        candidates.session_key,
        first_events.started_position,
        coalesce(first_events.started_position > first_events.first_accepted_position, false)
            as is_after_acceptance,
        coalesce(first_events.started_at, first_messages.sent_at) as started_at
    from candidates
    left join first_events
        on candidates.session_key = first_events.session_key
    left join first_messages
        on candidates.session_key = first_messages.session_key
    where
        first_events.started_at is not null
        or first_messages.sent_at <= coalesce(first_events.first_routed_at, {{ end_of_time() }})
),

following as (
    select
        starts.session_key,
        timeline.event_position,
        timeline.event_type,
        timeline.occurred_at,
        case when timeline.event_type = 'bot_ended' then timeline.outcome end as outcome,
        timeline.is_effective_close
    from starts
    inner join timeline
        on starts.session_key = timeline.session_key
        and (
            starts.started_position < timeline.event_position
            or (starts.started_position is null and starts.started_at <= timeline.occurred_at)
        )
    where
        timeline.event_type in (
            'bot_ended', 'queued', 'accepted', 'abandoned', 'dequeued', 'closed'
        )
),

ends as (
    select
        session_key,
        min(event_position) as ended_position,
        min(occurred_at) as ended_at,
        min(event_position) filter (where event_type in ('queued', 'accepted')) as routed_position,
        min(occurred_at) filter (where event_type in ('queued', 'accepted')) as routed_at,
        min(event_position) filter (where is_effective_close) as closed_position
    from following
    group by session_key
),

outcomes as (
    select
        ends.session_key,
        ends.ended_at,
        following.outcome,
        case
            when following.outcome = 'handed_off' then ends.ended_at
            when
                ends.routed_position
                < coalesce(ends.closed_position, {{ beyond_every_position() }})
                then ends.routed_at
        end as handed_off_at
    from ends
    inner join following
        on ends.session_key = following.session_key
        and ends.ended_position = following.event_position
),

message_counts as (
    select
        starts.session_key,
        count(*) as message_count
    from starts
    inner join bot_messages
        on starts.session_key = bot_messages.session_key
        and starts.started_at <= bot_messages.sent_at
    left join ends
        on starts.session_key = ends.session_key
    where bot_messages.sent_at <= coalesce(ends.ended_at, {{ end_of_time() }})
    group by starts.session_key
)

select
    starts.session_key,
    starts.started_at,
    starts.is_after_acceptance,
    outcomes.ended_at,
    outcomes.handed_off_at,
    case
        when outcomes.handed_off_at is not null then 'handed_off'
        when outcomes.outcome = 'resolved' then 'resolved'
        when outcomes.outcome in ('abandoned', 'failed') then 'left'
        when outcomes.ended_at is not null then 'unknown'
        else 'running'
    end as result,
    coalesce(message_counts.message_count, 0) as message_count
from starts
left join outcomes
    on starts.session_key = outcomes.session_key
left join message_counts
    on starts.session_key = message_counts.session_key
