-- The spans of each date of each calendar in UTC. A steady day is counted through; on others each
-- minute of the clock is looked at.
with zone_days as (
    select * from {{ ref('zone_days') }}
),

calendar_dates as (
    select * from {{ ref('calendar_dates') }}
),

minutes as (
    select
        time_zone,
        date_day,
        {{ each_minute('starts_at', "ends_at + interval '4 hours'") }} as minute_at
    from zone_days
    where not is_steady
),

local_minutes as (
    select
        *,
        {{ local_of_utc('minute_at', 'time_zone') }} as local_at
    from minutes
),

clocks as (
    select
        time_zone,
        date_day,
        {{ clock_of('local_at') }} as clock,
        min(minute_at) as first_at,
        max(minute_at) as last_at
    from local_minutes
    where cast(local_at as date) = date_day
    group by time_zone, date_day, {{ clock_of('local_at') }}
),

edges as (
    select
        time_zone,
        opens_on as date_day,
        opens_clock as clock
    from calendar_dates
    where opens_clock is not null
    union distinct
    select
        time_zone,
        closes_on as date_day,
        closes_clock as clock
    from calendar_dates
    where closes_clock is not null
),

-- A time that the day lacks is the first instant after the gap; one that comes twice is the first
-- as an opening, the second as a closing. 00:00 is the first instant of its day, whichever it is.
instants as (
    select
        edges.time_zone,
        edges.date_day,
        edges.clock,
        {{ instant_of_clock('min(clocks.first_at)') | indent(8) }} as opening_at,
        {{ instant_of_clock(
            'max(clocks.last_at) filter (where clocks.clock = edges.clock), min(clocks.first_at)'
        ) | indent(8) }} as closing_at
    from edges
    inner join zone_days
        on edges.time_zone = zone_days.time_zone
        and edges.date_day = zone_days.date_day
    left join clocks
        on edges.time_zone = clocks.time_zone
        and edges.date_day = clocks.date_day
        and edges.clock <= clocks.clock
    group by edges.time_zone, edges.date_day, edges.clock
)

select
    dates.calendar_id,
    dates.date_day,
    dates.starts_at,
    dates.ends_at,
    dates.is_in_data,
    case when openings.opening_at < closings.closing_at then openings.opening_at end as opened_at,
    case when openings.opening_at < closings.closing_at then closings.closing_at end as closed_at
from calendar_dates as dates
left join instants as openings
    on dates.time_zone = openings.time_zone
    and dates.opens_on = openings.date_day
    and dates.opens_clock = openings.clock
left join instants as closings
    on dates.time_zone = closings.time_zone
    and dates.closes_on = closings.date_day
    and dates.closes_clock = closings.clock
