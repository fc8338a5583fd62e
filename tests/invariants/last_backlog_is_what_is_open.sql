-- At the end of the last day, the backlog is the sessions that are open at as_of, less those to
-- which nothing has happened for more than max_open_days.
{%- set open_sessions = "session_key in (select session_key from open_sessions)" %}
with open_sessions as (
    select
        sessions.session_key,
        facts.company_id,
        facts.channel_id,
        facts.started_at
    from {{ ref('fct_sessions') }} as facts
    inner join {{ ref('stg_sessions') }} as sessions
        on facts.session_id = sessions.session_id
    where not facts.is_closed
),

happenings as (
    select
        session_key,
        started_at as happened_at
    from open_sessions
    union all
    select
        session_key,
        occurred_at as happened_at
    from {{ ref('stg_session_events') }}
    where {{ open_sessions }}
    union all
    select
        session_key,
        sent_at as happened_at
    from {{ ref('stg_messages') }}
    where {{ open_sessions }}
),

last_happenings as (
    select
        session_key,
        max(happened_at) as happened_at
    from happenings
    group by session_key
),

expected as (
    select
        open_sessions.company_id,
        open_sessions.channel_id,
        count(*) as open_count,
        {{ total_seconds(seconds_between('open_sessions.started_at', 'data_span.as_of')) }}
            as age_seconds
    from open_sessions
    inner join last_happenings
        on open_sessions.session_key = last_happenings.session_key
    cross join {{ ref('data_span') }} as data_span
    where
        {{ seconds_between('last_happenings.happened_at', 'data_span.as_of') }}
        <= 86400 * {{ var('max_open_days') }}
    group by open_sessions.company_id, open_sessions.channel_id
),

found as (
    select
        backlog.company_id,
        backlog.channel_id,
        sum(backlog.open_at_end_count) as open_count,
        sum(backlog.open_age_seconds) as age_seconds
    from {{ ref('backlog_daily') }} as backlog
    inner join {{ ref('company_time_zones') }} as zones
        on backlog.company_id = zones.company_id
    cross join {{ ref('data_span') }} as data_span
    inner join {{ ref('local_days') }} as days
        on backlog.date_day = days.date_day
        and {{ in_local_day('days', 'data_span.as_of', 'zones.time_zone') }}
    group by backlog.company_id, backlog.channel_id
)

select
    coalesce(expected.company_id, found.company_id) as company_id,
    coalesce(expected.open_count, 0) as expected_open_count,
    coalesce(found.open_count, 0) as found_open_count
from expected
full join found
    on expected.company_id = found.company_id
    and expected.channel_id is not distinct from found.channel_id
where
    coalesce(expected.open_count, 0) != coalesce(found.open_count, 0)
    or abs(coalesce(expected.age_seconds, 0) - coalesce(found.age_seconds, 0)) > 1e-3
