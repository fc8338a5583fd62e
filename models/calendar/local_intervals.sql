-- On a day of 24 hours the clock runs as it did at the day's start; only on others is the zone
-- asked.
with days as (
    select distinct
        time_zone,
        date_day,
        starts_at,
        ends_at,
        day_seconds = 86400 as is_steady
    from {{ ref('local_days') }}
    where is_in_data
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
