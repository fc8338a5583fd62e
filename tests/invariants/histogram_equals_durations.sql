-- The bins hold every duration; and those up to 30 s of first responses on digital channels are the
-- agent contacts that answered within 30 s.
with digital_channels as (
    select distinct channel_id
    from {{ ref('fct_agent_contacts') }}
    where is_digital
),

bins as (
    select * from {{ built_rows(ref('duration_histogram_daily')) }}
),

both_sides as (
    select
        company_id,
        date_day,
        measure,
        duration_count,
        duration_seconds
    from bins
    union all
    select
        company_id,
        date_day,
        measure,
        -1 as duration_count,
        -seconds as duration_seconds
    from {{ built_rows(ref('fct_durations')) }}
    union all
    select
        bins.company_id,
        bins.date_day,
        'first_response within 30 s' as measure,
        bins.duration_count,
        0 as duration_seconds
    from bins
    inner join digital_channels
        on bins.channel_id = digital_channels.channel_id
    where bins.measure = 'first_response' and bins.upper_seconds <= 30
    union all
    select
        company_id,
        accepted_date as date_day,
        'first_response within 30 s' as measure,
        -1 as duration_count,
        0 as duration_seconds
    from {{ built_rows(ref('fct_agent_contacts'), duration_facts(), 'accepted_date') }}
    where is_digital and first_response_seconds <= 30 and channel_id is not null
)

select
    company_id,
    date_day,
    measure,
    sum(duration_count) as count_difference,
    sum(duration_seconds) as seconds_difference
from both_sides
group by company_id, date_day, measure
having sum(duration_count) != 0 or abs(sum(duration_seconds)) > 1e-3
