-- Business hours and promises. A part of the period is the local midnight that begins its day.

create macro day_at(part) as
    (getvariable('first_date') + to_days(floor(getvariable('days') * part)::integer))::date;

create macro instant_at(part) as case
    when part is null then getvariable('reference_at') - interval 200 day
    else day_at(part)::timestamp
end;

create table raw_calendars as
select row_number() over (order by cal.calendar_id) as entity_no, 0 as row_no, cal.calendar_id,
    c.time_zone, getvariable('reference_at') as ingested_at
from calendars as cal
left join companies as c on c.company_no = cal.company_no;

create table raw_calendar_hours as
select row_number() over (order by calendar_id, weekday_no, opens_at, from_part nulls first)
        as entity_no,
    0 as row_no, calendar_id, weekday_no::integer as iso_day_of_week, opens_at, closes_at,
    coalesce(day_at(from_part), day_at(-5))::varchar as valid_from,
    day_at(until_part)::varchar as valid_to, getvariable('reference_at') as ingested_at
from weekly_hours
cross join range(1, 8) as w (weekday_no)
where weekday_no between first_weekday and last_weekday;

create table raw_calendar_exceptions as
select row_number() over (order by calendar_id, at_part, opens_at) as entity_no, 0 as row_no,
    calendar_id, day_at(at_part)::varchar as date, opens_at, closes_at,
    getvariable('reference_at') as ingested_at
from special_hours;

create table raw_calendar_assignments as
select row_number() over (order by subject, subject_id, from_part nulls first) as entity_no,
    0 as row_no, subject, subject_id, instant_at(from_part) as valid_from, calendar_id,
    getvariable('reference_at') as ingested_at
from assigned_calendars;

create table raw_sla_policies as
select row_number() over (order by policy_id, from_part nulls first) as entity_no, 0 as row_no,
    policy_id, instant_at(from_part) as valid_from,
    case when until_part is not null then instant_at(until_part) end as valid_to, company_id,
    skill_id, channel_id, priority, metric, target_seconds, clock, pauses_when_pending,
    getvariable('reference_at') as ingested_at
from promises;
