-- What is open at the end of a day is open at the start of the next, in the same backlog, up to the
-- last day of the data; and what moves out of one backlog moves into another.
with last_days as (
    select
        zones.company_id,
        max(days.date_day) as last_day
    from {{ ref('company_time_zones') }} as zones
    inner join {{ ref('local_days') }} as days
        on zones.time_zone = days.time_zone
    where days.is_in_data
    group by zones.company_id
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
inner join last_days
    on neighbours.company_id = last_days.company_id
where
    neighbours.open_at_start_count != case
        when neighbours.former_day = {{ day_before('neighbours.date_day') }}
            then neighbours.former_open_count
        else 0
    end
    or (
        neighbours.open_at_end_count > 0
        and neighbours.date_day < last_days.last_day
        and neighbours.next_day is distinct from {{ day_after('neighbours.date_day') }}
    )
    or neighbours.date_day > last_days.last_day
union all
select
    company_id,
    date_day
from {{ ref('backlog_daily') }}
group by company_id, date_day
having sum(moved_in_count) != sum(moved_out_count)
