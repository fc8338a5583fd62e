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

{{ bounded_days('time_zones', 'calendar') }}

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
