-- As on_days.sql; a stretch of an agent's state that no longer ends on its day is cut at midnight.
with found as (
    select
        *,
        timezone(day_zone, cast(day_at as timestamptz)) as local_at,
        timezone(day_zone, cast(stretch_ended_at as timestamptz)) as local_ended_at
    from counted
),

days as (
    select
        *,
        case
            when date_day is not null or stretch_started_at is null
                then [coalesce(date_day, cast(local_at as date))]
            else cast(generate_series(
                date_trunc('day', local_at),
                greatest(local_ended_at - interval 1 microsecond, local_at),
                interval 1 day
            ) as date [])
        end as its_days
    from found
),

cut as (
    select
        * exclude (its_days),
        unnest(its_days) as counted_day
    from days
),

clipped as (
    select
        *,
        greatest(
            cast(stretch_started_at as timestamptz), timezone(day_zone, cast(counted_day as timestamp))
        ) as piece_started_at,
        least(
            cast(stretch_ended_at as timestamptz),
            timezone(day_zone, cast(counted_day + 1 as timestamp))
        ) as piece_ended_at
    from cut
)

select
    * exclude (
        date_day, counted_day, state_seconds, local_at, local_ended_at, piece_started_at,
        piece_ended_at
    ),
    counted_day as date_day,
    case
        when date_day is not null or stretch_started_at is null then state_seconds
        else (epoch_us(piece_ended_at) - epoch_us(piece_started_at)) / 1e6
    end as state_seconds
from clipped
