-- From each focus to the blur in the same session, the agent's next focus, or the end of the data.
with focus_events as (
    select
        *,
        cast(occurred_at as date) as utc_date
    from {{ ref('stg_focus_events') }}
),

{% if is_incremental_build() -%}
touched_events as (
    select * from {{ of_touched_sessions('focus_events') }}
),

first_starts as (
    select
        agent_id,
        min(occurred_at) as occurred_at
    from focus_events
    where event_type = 'focus' and agent_id in (select agent_id from touched_events)
    group by agent_id, utc_date
),

-- An agent's next focus is on the day of the last, or the first of a later day.
events as (
    select * from focus_events
    where
        {{ is_among(['agent_id', 'utc_date'], 'touched_events') }}
        or {{ is_among(['agent_id', 'occurred_at'], 'first_starts') }}
        or session_key in (select session_key from touched_events)
),
{%- else -%}
events as (
    select * from focus_events
),
{%- endif %}

followed as (
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
    from events
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
from {{ of_touched_sessions('followed') }} as followed
cross join {{ ref('data_span') }} as data_span
where followed.event_type = 'focus'
