{#
CTEs that end with bounded_days: the local days of zones (time_zone, date_day, starts_at, ends_at,
next_date_day), for local_days and the calendars of business hours.

    time_zones   the name of a CTE with a row for each time_zone
    dates        the name of a CTE with a row for each date_day; the last has no end and is left out
#}
{% macro bounded_days(time_zones, dates) -%}
midnights as (
    select
        {{ time_zones }}.time_zone,
        {{ dates }}.date_day,
        {{ utc_of_local(dates ~ '.date_day', time_zones ~ '.time_zone') }} as midnight_at
    from {{ time_zones }}
    cross join {{ dates }}
),

-- Where the clock runs evenly around midnight, midnight is the day's first instant.
steady_midnights as (
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
    from steady_midnights
    where not is_steady
),

day_starts as (
    select
        time_zone,
        date_day,
        midnight_at as starts_at
    from steady_midnights
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
        lead(starts_at) over (partition by time_zone order by date_day) as ends_at,
        lead(date_day) over (partition by time_zone order by date_day) as next_date_day
    from day_starts
)
{%- endmacro %}
