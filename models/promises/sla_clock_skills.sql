-- Which skill a session had when a clock of it began: that of its latest queue leg or acceptance by
-- then, before the first one its first skill. A customer's message comes before the events of its
-- instant. Only of sessions that have had another skill than the first.
with steps as (
    select
        timeline.session_key,
        timeline.event_position,
        timeline.occurred_at,
        timeline.skill_id,
        sessions.first_skill_id
    from {{ ref('session_timeline') }} as timeline
    inner join {{ ref('sessions') }} as sessions
        on timeline.session_key = sessions.session_key
    where
        timeline.event_type in ('queued', 'accepted')
        and timeline.session_key in (
            select promised.session_key from {{ ref('sla_clocks') }} as promised
        )
),

moving as (
    select distinct session_key from steps
    where skill_id is distinct from first_skill_id
),

spans as (
    select
        session_key,
        skill_id,
        occurred_at as from_at,
        lead(occurred_at, 1, {{ end_of_time() }}) over (
            partition by session_key order by event_position
        ) as until_at
    from steps
    where session_key in (select moving.session_key from moving)
)

select
    clocks.session_key,
    clocks.metric,
    clocks.clock_number,
    spans.skill_id
from {{ ref('sla_clocks') }} as clocks
inner join spans
    on clocks.session_key = spans.session_key
where
    (
        clocks.metric = 'next_response'
        and clocks.started_at > spans.from_at
        and clocks.started_at <= spans.until_at
    )
    or (
        clocks.metric != 'next_response'
        and clocks.started_at >= spans.from_at
        and clocks.started_at < spans.until_at
    )
