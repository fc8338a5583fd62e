-- Agents, their rota and the pools from which sessions choose. Needs the tables of content.py.

create table agents as
select
    c.company_no,
    c.company_id,
    c.time_zone,
    a.agent_no,
    agent_id_of(c.agent_prefix, a.agent_no) as agent_id,
    agent_key(c.company_no, a.agent_no) as agent_key,
    -- Two early, two late agents to one at night; the first four already cover the day.
    (['early', 'late', 'early', 'night', 'late', 'early', 'late', 'early'])[
        1 + (a.agent_no - 1) % 8
    ] as shift,
    coalesce(
        s.agent_name,
        concat(
            pick_from(agent_key(c.company_no, a.agent_no), 'first name', c.first_names),
            ' ',
            pick_from(agent_key(c.company_no, a.agent_no), 'last name', c.last_names)
        )
    ) as agent_name
from companies as c
cross join lateral (select unnest(range(1, c.agent_count + 1)) as agent_no) as a
left join special_agent_names as s on s.company_no = c.company_no and s.agent_no = a.agent_no;

-- Five days a week each, now and then ill. The day before the first one is there for its night.
create table rota as
select
    a.company_no,
    a.agent_no,
    a.agent_key,
    a.agent_id,
    a.time_zone,
    a.shift,
    d.shift_date::date as shift_date,
    (d.shift_date - getvariable('first_date'))::bigint + 2 as day_no
from agents as a
cross join (
    select unnest(generate_series(
        getvariable('first_date') - interval 1 day,
        getvariable('first_date') + to_days(getvariable('days')::integer),
        interval 1 day
    ))::date as shift_date
) as d
where
    (a.agent_no + isodow(d.shift_date)) % 7 > 1
    and not chance(
        a.agent_key * 10000 + (d.shift_date - getvariable('first_date')) + 2, 'ill', 0.03
    );

-- Who can be chosen on a day in a shift: the members of each skill, and everybody (skill 0).
create table pools as
with members as (
    select
        r.company_no,
        r.shift_date,
        r.shift,
        r.agent_no,
        unnest([
            0,
            1 + r.agent_no % getvariable('skill_count'),
            1 + (r.agent_no + 2) % getvariable('skill_count')
        ]) as skill_no
    from rota as r
)

select
    m.company_no,
    m.shift_date,
    m.shift,
    m.skill_no,
    m.agent_no,
    row_number() over (pool order by m.agent_no) as position,
    count(*) over (pool rows between unbounded preceding and unbounded following) as pool_size
from members as m
window pool as (partition by m.company_no, m.shift_date, m.shift, m.skill_no);

create table pool_sizes as
select distinct company_no, shift_date, shift, skill_no, pool_size
from pools;
