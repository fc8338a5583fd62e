-- Stretches in which nothing happened to an open session: those of more than max_open_days, at
-- whose end it leaves the backlog, to come back with what happens next; and, whatever its length,
-- the one that goes on at the end of a session that is still open.
{%- set longest = "interval '" ~ (86400 * var('max_open_days')) | int ~ " seconds'" %}
with candidates as (
    select
        session_key,
        started_at
    from {{ ref('sessions') }}
    where not is_closed or last_closed_at > started_at + {{ longest }}
),

happenings as (
    select
        session_key,
        started_at as happened_at,
        0 as place,
        0 as event_position,
        false as is_closed,
        false as has_skill,
        cast(null as string) as skill_id
    from candidates
    union all
    select
        messages.session_key,
        greatest(messages.sent_at, candidates.started_at) as happened_at,
        1 as place,
        0 as event_position,
        cast(null as boolean) as is_closed,
        false as has_skill,
        cast(null as string) as skill_id
    from {{ ref('messages_to_build') }} as messages
    inner join candidates
        on messages.session_key = candidates.session_key
    union all
    select
        timeline.session_key,
        greatest(timeline.occurred_at, candidates.started_at) as happened_at,
        2 as place,
        timeline.event_position,
        case
            when timeline.is_effective_close then true
            when timeline.event_type = 'reopened' then false
        end as is_closed,
        timeline.event_type in ('queued', 'accepted') as has_skill,
        timeline.skill_id
    from {{ ref('session_timeline') }} as timeline
    inner join candidates
        on timeline.session_key = candidates.session_key
),

in_order as (
    select
        session_key,
        happened_at,
        {{ ignoring_nulls('last_value', 'is_closed') }} over upto_here as is_closed,
        lead(happened_at) over session_order as next_at,
        lead(has_skill) over session_order as next_has_skill,
        lead(skill_id) over session_order as next_skill_id
    from happenings
    window
        session_order as (
            partition by session_key order by happened_at, place, event_position
        ),
        upto_here as (
            partition by session_key order by happened_at, place, event_position
            rows between unbounded preceding and current row
        )
)

select
    session_key,
    happened_at + {{ longest }} as expires_at,
    next_at as returned_at,
    coalesce(next_has_skill, false) as has_returned_to_skill,
    case when next_has_skill then next_skill_id end as returned_to_skill_id
from in_order
where not is_closed and (next_at is null or next_at > happened_at + {{ longest }})
