-- The counted rows, each on its day: the fact's own, or, where a reason took that away, the local day of
-- day_at in day_zone.
with found as (
    select
        *,
        coalesce(
            date_day, cast(timezone(day_zone, cast(day_at as timestamptz)) as date)
        ) as counted_day
    from counted
)

select * exclude (date_day, counted_day), counted_day as date_day from found
