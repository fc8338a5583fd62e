-- The spans of each date of each calendar, by the clock on its wall: those of its exceptions or,
-- where the date has none, of its week. A date without a span has one row without clocks.
with calendars as (
    select
        calendar_id,
        coalesce(time_zone, '{{ var("reporting_time_zone") }}') as time_zone
    from {{ ref('stg_calendars') }}
),

dates as (
    select
        calendars.calendar_id,
        zone_days.time_zone,
        zone_days.date_day,
        zone_days.next_date_day,
        zone_days.starts_at,
        zone_days.ends_at,
        zone_days.is_in_data,
        {{ part_of_date('isodow', 'zone_days.date_day') }} as iso_day_of_week
    from calendars
    inner join {{ ref('zone_days') }} as zone_days
        on calendars.time_zone = zone_days.time_zone
    where zone_days.is_before_horizon
),

exceptions as (
    select
        calendar_id,
        cast(date as date) as date_day,
        opens_at,
        closes_at
    from {{ ref('stg_calendar_exceptions') }}
),

replaced_dates as (
    select distinct
        calendar_id,
        date_day
    from exceptions
),

weekly_spans as (
    select
        dates.calendar_id,
        dates.date_day,
        hours.opens_at,
        hours.closes_at
    from dates
    inner join {{ ref('stg_calendar_hours') }} as hours
        on dates.calendar_id = hours.calendar_id
        and dates.iso_day_of_week = hours.iso_day_of_week
        and dates.date_day >= cast(hours.valid_from as date)
        and (hours.valid_to is null or dates.date_day < cast(hours.valid_to as date))
    left join replaced_dates
        on dates.calendar_id = replaced_dates.calendar_id
        and dates.date_day = replaced_dates.date_day
    where replaced_dates.calendar_id is null
    qualify row_number() over (
        partition by dates.calendar_id, dates.date_day, hours.opens_at
        order by hours.valid_from desc
    ) = 1
),

spans as (
    select * from weekly_spans
    where opens_at != closes_at
    union all
    select
        calendar_id,
        date_day,
        opens_at,
        closes_at
    from exceptions
    where opens_at != closes_at
)

-- 24:00 is 00:00 of the next day; a span that closes before it opens closes on the next day.
select
    dates.calendar_id,
    dates.time_zone,
    dates.date_day,
    dates.starts_at,
    dates.ends_at,
    dates.is_in_data,
    case when spans.opens_at = '24:00' then dates.next_date_day else dates.date_day end as opens_on,
    case spans.opens_at when '24:00' then '00:00' else spans.opens_at end as opens_clock,
    case
        when spans.closes_at = '24:00' or spans.closes_at < spans.opens_at
            then dates.next_date_day
        else dates.date_day
    end as closes_on,
    case spans.closes_at when '24:00' then '00:00' else spans.closes_at end as closes_clock
from dates
left join spans
    on dates.calendar_id = spans.calendar_id
    and dates.date_day = spans.date_day
