-- The local days of the zones of calendars, as far as spans reach.
{%- set horizon = calendar_horizon() %}
with data_span as (
    select * from {{ ref('data_span') }}
),

time_zones as (
    select distinct coalesce(time_zone, '{{ var("reporting_time_zone") }}') as time_zone
    from {{ ref('stg_calendars') }}
),

-- Days more at either end: for the spans that run into the first day, and as in local_days.
dates as (
    select
        {{ each_day(
            "cast(first_event_at as date) - interval '3 days'",
            "cast(as_of as date) + " ~ horizon ~ " + interval '5 days'",
        ) }} as date_day
    from data_span
),

{{ bounded_days('time_zones', 'dates') }}

select
    bounded_days.time_zone,
    bounded_days.date_day,
    bounded_days.next_date_day,
    bounded_days.starts_at,
    bounded_days.ends_at,
    -- A clock that is put back at midnight shows times of a date while the next day has begun, so
    -- that the next day counts too.
    coalesce(
        {{ seconds_between('bounded_days.starts_at', 'bounded_days.ends_at') }} = 86400
        and {{ seconds_between('bounded_days.ends_at', 'next_days.ends_at') }} = 86400,
        false
    ) as is_steady,
    bounded_days.ends_at > data_span.first_event_at as is_in_data,
    bounded_days.date_day <= cast(
        {{ local_of_utc('(data_span.as_of + ' ~ horizon ~ ')', 'bounded_days.time_zone') }} as date
    ) as is_before_horizon
from bounded_days
cross join data_span
left join bounded_days as next_days
    on bounded_days.time_zone = next_days.time_zone
    and bounded_days.next_date_day = next_days.date_day
where bounded_days.ends_at is not null
