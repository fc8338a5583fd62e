-- Every hour of the period, once in UTC and once as the clocks of each company showed it: the
-- only place where time zones are worked out hour by hour instead of row by row. An hour that
-- comes twice stands here twice, one that is left out never.
create table company_hours as
with utc_hours as (
    select unnest(generate_series(
        getvariable('first_date') - interval 1 day, getvariable('end_at'), interval 1 hour
    )) as utc_hour
)

select
    c.company_no,
    h.utc_hour,
    utc_to_local(h.utc_hour, c.time_zone) as local_hour
from utc_hours as h
cross join companies as c;

-- When sessions start: each hour's share of its company's sessions.
create table calendar_hours as
with weighted as (
    select
        h.company_no,
        h.utc_hour,
        hw.weight * ww.weight as weight
    from company_hours as h
    inner join hour_weights as hw on hw.hour_no = hour(h.local_hour)
    inner join weekday_weights as ww on ww.weekday_no = isodow(h.local_hour)
    where
        h.local_hour >= getvariable('first_date')
        and h.local_hour < getvariable('first_date') + to_days(getvariable('days')::integer)
)

select
    company_no,
    utc_hour,
    coalesce(
        sum(weight) over (
            partition by company_no order by utc_hour
            rows between unbounded preceding and 1 preceding
        ), 0
    ) / sum(weight) over (partition by company_no) as share_from,
    weight / sum(weight) over (partition by company_no) as share
from weighted;

-- A handful of sessions is moved into the hour before and the hour after each change of the
-- clocks, which hardly any session would meet by itself.
create table clock_change_sessions as
with offsets as (
    select
        company_no,
        utc_hour,
        local_hour - utc_hour as utc_offset,
        lag(local_hour - utc_hour) over (partition by company_no order by utc_hour)
            as utc_offset_before
    from company_hours
),

moved as (
    select
        o.company_no,
        o.utc_hour,
        pick(o.company_no * 100 + n.try_no, 'clock change', getvariable('session_count'))
            as session_no
    from offsets as o
    cross join range(1, 7) as n (try_no)
    where o.utc_offset <> o.utc_offset_before
)

-- Two changes may draw the same session.
select
    session_no,
    min(company_no) as company_no,
    arg_min(utc_hour, company_no)
        + to_milliseconds(floor(7200000 * (draw(session_no, 'moved') - 0.5))::bigint) as started_at
from moved
group by session_no;
