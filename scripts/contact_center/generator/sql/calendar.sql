-- When sessions start: the share of all sessions in each local hour of the period.

create table calendar_hours as
with hours as (
    select
        unnest(generate_series(
            getvariable('first_date')::timestamp,
            getvariable('first_date')::timestamp
                + to_hours((getvariable('days') * 24 - 1)::integer),
            interval 1 hour
        )) as local_hour
),

weighted as (
    select
        h.local_hour,
        hw.weight * ww.weight as weight
    from hours as h
    inner join hour_weights as hw on hw.hour_no = hour(h.local_hour)
    inner join weekday_weights as ww on ww.weekday_no = isodow(h.local_hour)
)

select
    local_hour,
    coalesce(
        sum(weight) over (
            order by local_hour rows between unbounded preceding and 1 preceding
        ), 0
    ) / sum(weight) over () as share_from,
    weight / sum(weight) over () as share
from weighted;

-- A handful of sessions is moved into the hour before and the hour after each change of the
-- clocks, which hardly any session would meet by itself.
create table clock_change_sessions as
with utc_hours as (
    select
        c.company_no,
        c.time_zone,
        unnest(generate_series(
            getvariable('first_date')::timestamp,
            getvariable('end_at') - interval 12 hour,
            interval 1 hour
        )) as utc_hour
    from companies as c
),

offsets as (
    select
        company_no,
        utc_hour,
        utc_to_local(utc_hour, time_zone) - utc_hour as utc_offset,
        lag(utc_to_local(utc_hour, time_zone) - utc_hour)
            over (partition by company_no order by utc_hour) as offset_before
    from utc_hours
),

moved as (
    select
        o.company_no,
        o.utc_hour,
        n.try_no,
        pick(o.company_no * 100000 + n.try_no, 'clock change', getvariable('session_count'))
            as session_no
    from offsets as o
    cross join range(1, 7) as n (try_no)
    where o.utc_offset <> o.offset_before
)

select
    session_no,
    min(company_no) as company_no,
    min(utc_hour + to_milliseconds(floor(7200000 * (draw(session_no, 'clock change at') - 0.5))::bigint))
        as started_at
from moved
group by session_no;
