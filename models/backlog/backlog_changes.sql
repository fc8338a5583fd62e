{{ config(materialized='incremental', meta={'touched_by': 'session_key', 'day': 'date_day'}) }}
-- depends_on: {{ ref('former_backlog') }}

-- A session's ways into the backlog of a skill and out of it, in their order. What lies before the
-- session's start, by another clock, is taken as of the start, and comes after it.
with sessions as (
    select * from {{ ref('sessions') }}
),

silences as (
    select * from {{ ref('backlog_silences') }}
    where returned_at is not null
),

steps as (
    select
        session_key,
        started_at as changed_at,
        0 as place,
        0 as event_position,
        'started' as change,
        true as is_open,
        {{ struct_of({'skill_id': 'first_skill_id'}) }} as skill
    from sessions
    union all
    select
        timeline.session_key,
        greatest(timeline.occurred_at, sessions.started_at) as changed_at,
        2 as place,
        timeline.event_position,
        case when timeline.event_type in ('closed', 'reopened') then timeline.event_type end
            as change,
        case timeline.event_type when 'closed' then false when 'reopened' then true end as is_open,
        case
            when timeline.event_type in ('queued', 'accepted')
                then {{ struct_of({'skill_id': 'timeline.skill_id'}) }}
        end as skill
    from {{ ref('session_timeline') }} as timeline
    inner join sessions
        on timeline.session_key = sessions.session_key
    where
        timeline.event_type in ('queued', 'accepted')
        or timeline.is_effective_close
        or (timeline.event_type = 'reopened' and timeline.was_closed)
    union all
    select
        session_key,
        expires_at as changed_at,
        3 as place,
        0 as event_position,
        'expired' as change,
        false as is_open,
        null as skill
    from silences
    union all
    -- Back in the skill that it is called for, if a queueing or an acceptance calls it back.
    select
        session_key,
        returned_at as changed_at,
        1 as place,
        0 as event_position,
        'reopened' as change,
        true as is_open,
        case
            when has_returned_to_skill
                then {{ struct_of({'skill_id': 'returned_to_skill_id'}) }}
        end as skill
    from silences
),

in_order as (
    select
        session_key,
        changed_at,
        change,
        row_number() over session_order as step_number,
        {{ ignoring_nulls('last_value', 'skill') }} over upto_here as skill,
        {{ ignoring_nulls('last_value', 'skill') }} over before_here as former_skill,
        {{ ignoring_nulls('last_value', 'is_open') }} over upto_here as is_open
    from steps
    window
        session_order as (partition by session_key order by changed_at, place, event_position),
        upto_here as (
            partition by session_key order by changed_at, place, event_position
            rows between unbounded preceding and current row
        ),
        before_here as (
            partition by session_key order by changed_at, place, event_position
            rows between unbounded preceding and 1 preceding
        )
),

changes as (
    select
        session_key,
        changed_at,
        step_number,
        change,
        {{ field_of('skill', 'skill_id') }} as skill_id,
        {{ field_of('former_skill', 'skill_id') }} as former_skill_id
    from in_order
    where
        change is not null
        or (
            is_open
            and {{ field_of('skill', 'skill_id') }}
            is distinct from {{ field_of('former_skill', 'skill_id') }}
        )
),

-- A change of skill is a way out of one and a way into the other.
ways as (
    select
        session_key,
        changed_at,
        step_number,
        coalesce(change, 'moved_in') as change,
        skill_id
    from changes
    union all
    select
        session_key,
        changed_at,
        step_number,
        'moved_out' as change,
        former_skill_id as skill_id
    from changes
    where change is null
)

select
    ways.session_key,
    sessions.company_id,
    ways.skill_id,
    sessions.channel_id,
    ways.change,
    ways.step_number,
    days.date_day,
    measured.has_messages as is_messages_measured
from ways
inner join sessions
    on ways.session_key = sessions.session_key
inner join {{ ref('measured_tables') }} as measured
    on sessions.feed = measured.feed
left join {{ ref('local_days') }} as days
    on {{ in_local_day('days', 'ways.changed_at', 'sessions.time_zone') }}
