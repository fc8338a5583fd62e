{{ config(materialized='incremental', meta={'touched_by': 'session_key', 'day': 'date_day'}) }}
-- depends_on: {{ ref('former_backlog') }}

-- How a session that stays open lies at the end of a day: in which skill, in whose hands, who wrote
-- last. A row holds from its day on until something happens to the session on another (until_day).
{%- set enters = "change in ('started', 'reopened', 'moved_in')" %}
with changes as (
    select * from {{ built_rows(ref('backlog_changes')) }}
    where change != 'moved_out'
),

day_ends as (
    select
        session_key,
        date_day,
        max_by({{ struct_of({'is_open': enters, 'skill_id': 'skill_id'}) }}, step_number) as stand
    from changes
    group by session_key, date_day
),

staying as (
    select
        session_key,
        min(date_day) as first_day
    from day_ends
    group by session_key
    having bool_or({{ field_of('stand', 'is_open') }})
),

timeline as (
    select
        timeline.session_key,
        timeline.event_position,
        timeline.contact_number,
        greatest(timeline.occurred_at, sessions.started_at) as occurred_at,
        sessions.time_zone,
        {{ ignoring_nulls('last_value', "case when timeline.event_type = 'queued'
            then coalesce(timeline.next_queue_event_position, " ~ beyond_every_position() ~ ") end
        ") }} over (
            partition by timeline.session_key order by timeline.event_position
            rows between unbounded preceding and current row
        ) as leg_until_position
    from {{ ref('session_timeline') }} as timeline
    inner join staying
        on timeline.session_key = staying.session_key
    inner join {{ ref('sessions') }} as sessions
        on timeline.session_key = sessions.session_key
),

hands as (
    select
        timeline.session_key,
        days.date_day,
        max_by(
            case
                when timeline.event_position < contacts.open_until_position then 'agent'
                when timeline.event_position < timeline.leg_until_position then 'queue'
                else 'nobody'
            end,
            timeline.event_position
        ) as held_by
    from timeline
    left join {{ ref('agent_contacts') }} as contacts
        on timeline.session_key = contacts.session_key
        and timeline.contact_number = contacts.contact_number
    left join {{ ref('local_days') }} as days
        on {{ in_local_day('days', 'timeline.occurred_at', 'timeline.time_zone') }}
    group by timeline.session_key, days.date_day
),

words as (
    select
        turns.session_key,
        greatest(turns.date_day, staying.first_day) as date_day,
        max_by(not turns.is_agent, turns.turn_number) as is_awaiting_agent
    from {{ built_rows(ref('turns')) }} as turns
    inner join staying
        on turns.session_key = staying.session_key
    group by turns.session_key, greatest(turns.date_day, staying.first_day)
),

moving_days as (
    select
        session_key,
        date_day
    from day_ends
    where session_key in (select staying.session_key from staying)
    union distinct
    select
        session_key,
        date_day
    from hands
    union distinct
    select
        session_key,
        date_day
    from words
),

carried as (
    select
        moving_days.session_key,
        moving_days.date_day,
        {{ ignoring_nulls('last_value', 'day_ends.stand') }} over upto_here as stand,
        {{ ignoring_nulls('last_value', 'hands.held_by') }} over upto_here as held_by,
        {{ ignoring_nulls('last_value', 'words.is_awaiting_agent') }} over upto_here
            as is_awaiting_agent,
        lead(moving_days.date_day) over session_order as until_day
    from moving_days
    left join day_ends
        on moving_days.session_key = day_ends.session_key
        and moving_days.date_day = day_ends.date_day
    left join hands
        on moving_days.session_key = hands.session_key
        and moving_days.date_day = hands.date_day
    left join words
        on moving_days.session_key = words.session_key
        and moving_days.date_day = words.date_day
    window
        session_order as (partition by moving_days.session_key order by moving_days.date_day),
        upto_here as (
            partition by moving_days.session_key order by moving_days.date_day
            rows between unbounded preceding and current row
        )
)

select
    carried.session_key,
    sessions.company_id,
    {{ field_of('carried.stand', 'skill_id') }} as skill_id,
    sessions.channel_id,
    sessions.time_zone,
    coalesce(carried.held_by, 'nobody') as held_by,
    coalesce(carried.is_awaiting_agent, false) as is_awaiting_agent,
    measured.has_messages as is_messages_measured,
    sessions.started_at,
    carried.date_day,
    carried.until_day,
    case when carried.until_day is null then silences.expires_at end as expires_at
from carried
inner join {{ ref('sessions') }} as sessions
    on carried.session_key = sessions.session_key
inner join {{ ref('measured_tables') }} as measured
    on sessions.feed = measured.feed
left join {{ ref('backlog_silences') }} as silences
    on carried.session_key = silences.session_key
    and silences.returned_at is null
where {{ field_of('carried.stand', 'is_open') }}
