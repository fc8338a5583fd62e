-- The quarter hours that begin in a local day are all of it, each once. A zone's clock of long ago
-- may have run minutes and seconds beside them; then the day begins before its first.
with quarter_hours as (
    select
        time_zone,
        date_day,
        count(*) as interval_count,
        min(interval_started_at) as first_started_at,
        max(interval_started_at) as last_started_at,
        {{ count_where(
            'interval_started_at != ' ~ quarter_hour_of('interval_started_at')
        ) }} as other_count
    from {{ ref('dim_intervals') }}
    group by time_zone, date_day
),

days as (
    select distinct
        local_days.time_zone,
        local_days.date_day,
        local_days.starts_at,
        local_days.ends_at,
        local_days.day_seconds
    from {{ ref('local_days') }} as local_days
    inner join {{ ref('data_span') }} as data_span
        on local_days.ends_at > data_span.first_event_at
        and local_days.starts_at <= data_span.as_of
)

select
    days.time_zone,
    days.date_day,
    quarter_hours.interval_count
from days
full outer join quarter_hours
    on days.time_zone = quarter_hours.time_zone
    and days.date_day = quarter_hours.date_day
where
    (
        quarter_hours.other_count = 0
        and abs(quarter_hours.interval_count * 900 - days.day_seconds) < 900
        and quarter_hours.first_started_at >= days.starts_at
        and quarter_hours.first_started_at < days.starts_at + interval '15 minutes'
        and quarter_hours.last_started_at < days.ends_at
        and quarter_hours.last_started_at >= days.ends_at - interval '15 minutes'
    ) is not true
