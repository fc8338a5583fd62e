-- says: counted on each day from the start of the session to its close
-- of: sessions, agent_days
-- about: day
with days as (
    select
        *,
        cast(generate_series(
            timezone(day_zone, cast(session.started_at as timestamptz)),
            timezone(day_zone, cast(
                coalesce(session.last_closed_at, session.started_at) as timestamptz
            )),
            interval 1 day
        ) as date []) as touched,
        cast(timezone(day_zone, cast(
            coalesce(session.last_closed_at, session.started_at) as timestamptz
        )) as date) as last_day
    from counted
    where session.session_id is not null
),

each_day as (
    select
        * exclude (touched, last_day),
        unnest(list_distinct(touched || [last_day])) as touched_day
    from days
)

select * exclude (touched_day) replace (touched_day as date_day) from each_day
