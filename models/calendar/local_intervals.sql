-- On a day of 24 hours the clock runs as it did at the day's start; only on others is the zone
-- asked.
with days as (
    select distinct
        local_days.time_zone,
        local_days.date_day,
        local_days.starts_at,
        local_days.ends_at,
        local_days.day_seconds = 86400 as is_steady
    from {{ ref('local_days') }} as local_days
    inner join {{ ref('data_span') }} as data_span
        on local_days.ends_at > data_span.first_event_at
        and local_days.starts_at <= data_span.as_of
),

intervals as (
    select
        *,
        {{ each_quarter_hour(
            quarter_hour_of("starts_at + interval '899999999 microseconds'"),
            quarter_hour_of("ends_at + interval '899999999 microseconds'"),
        ) }} as interval_started_at
    from days
),

local_clocks as (
    select
        time_zone,
        date_day,
        interval_started_at,
        case
            when is_steady then interval_started_at + (cast(date_day as timestamp) - starts_at)
            else {{ local_of_utc('interval_started_at', 'time_zone') }}
        end as local_at
    from intervals
)

select
    time_zone,
    date_day,
    interval_started_at,
    cast(round({{ seconds_between('interval_started_at', 'local_at') }} / 60) as bigint)
        as utc_offset_minutes
from local_clocks
