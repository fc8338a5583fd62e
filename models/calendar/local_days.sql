with data_span as (
    select * from {{ ref('data_span') }}
),

time_zones as (
    select distinct time_zone from {{ ref('company_time_zones') }}
),

-- Two days more at either end: a zone's date can be a day ahead of UTC's or behind, and the
-- last day needs the next one's start as its end.
calendar as (
    select
        {{ each_day(
            "cast(first_event_at as date) - interval '2 days'",
            "cast(as_of as date) + interval '3 days'",
        ) }} as date_day
    from data_span
),

midnights as (
    select
        time_zones.time_zone,
        calendar.date_day,
        {{ utc_of_local('calendar.date_day', 'time_zones.time_zone') }} as midnight_at
    from time_zones
    cross join calendar
),

-- Where the clock runs evenly around midnight, midnight is the day's first instant.
steady_days as (
    select
        *,
        {{ local_of_utc("midnight_at + interval '4 hours'", 'time_zone') }}
        - {{ local_of_utc("midnight_at - interval '4 hours'", 'time_zone') }}
        = interval '8 hours' as is_steady
    from midnights
),

-- Elsewhere midnight may come twice or never: the first minute that bears the date is looked for.
minutes_around_midnight as (
    select
        time_zone,
        date_day,
        {{ each_minute(
            "midnight_at - interval '4 hours'", "midnight_at + interval '4 hours'"
        ) }} as minute_at
    from steady_days
    where not is_steady
),

day_starts as (
    select
        time_zone,
        date_day,
        midnight_at as starts_at
    from steady_days
    where is_steady
    union all
    select
        time_zone,
        date_day,
        min(minute_at) as starts_at
    from minutes_around_midnight
    where cast({{ local_of_utc('minute_at', 'time_zone') }} as date) = date_day
    group by time_zone, date_day
),

bounded_days as (
    select
        time_zone,
        date_day,
        starts_at,
        lead(starts_at) over (partition by time_zone order by date_day) as ends_at
    from day_starts
)

-- One row for each UTC date that the day touches, so that an instant finds its day by equality
-- on its UTC date: see the macro in_local_day.
select
    bounded_days.time_zone,
    bounded_days.date_day,
    bounded_days.starts_at,
    bounded_days.ends_at,
    bounded_days.ends_at > data_span.first_event_at and bounded_days.starts_at <= data_span.as_of
        as is_in_data,
    {{ seconds_between('bounded_days.starts_at', 'bounded_days.ends_at') }} as day_seconds,
    {{ each_day(
        'cast(bounded_days.starts_at as date)',
        "cast(bounded_days.ends_at - interval '1 microsecond' as date)",
    ) }} as utc_date
from bounded_days
cross join data_span
where bounded_days.ends_at is not null
