-- What is open at the end of a day is open at the start of the next, in the same backlog, up to the
-- last day of the data; and what moves out of one backlog moves into another.
with days as (
    -- The day before a zone's day needn't bear the date before: Samoa had no 30 December 2011.
    select
        zones.company_id,
        days.date_day,
        lag(days.date_day) over in_order as former_day,
        lead(days.date_day) over in_order as next_day
    from {{ ref('company_time_zones') }} as zones
    inner join {{ ref('local_days') }} as days
        on zones.time_zone = days.time_zone
    where days.is_in_data
    group by zones.company_id, days.date_day
    window in_order as (partition by zones.company_id order by days.date_day)
),

neighbours as (
    select
        company_id,
        skill_id,
        channel_id,
        date_day,
        open_at_start_count,
        open_at_end_count,
        lag(date_day) over in_order as former_day,
        lag(open_at_end_count) over in_order as former_open_count,
        lead(date_day) over in_order as next_day
    from {{ ref('backlog_daily') }}
    window in_order as (partition by company_id, skill_id, channel_id order by date_day)
)

select
    neighbours.company_id,
    neighbours.date_day
from neighbours
left join days
    on neighbours.company_id = days.company_id
    and neighbours.date_day = days.date_day
where
    days.date_day is null
    or neighbours.open_at_start_count != case
        when neighbours.former_day = days.former_day then neighbours.former_open_count else 0
    end
    or (
        neighbours.open_at_end_count > 0
        and days.next_day is not null
        and neighbours.next_day is distinct from days.next_day
    )
union all
select
    company_id,
    date_day
from {{ ref('backlog_daily') }}
group by company_id, date_day
having sum(moved_in_count) != sum(moved_out_count)
