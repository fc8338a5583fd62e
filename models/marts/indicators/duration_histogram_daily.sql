{{ config(materialized='incremental', meta={'touched_by': duration_facts(), 'day': 'date_day'}) }}

with durations as (
    select
        company_id,
        date_day,
        measure,
        skill_id,
        channel_id,
        {{ upper_edge('seconds', bin_edges()) | indent(8) }} as upper_seconds,
        seconds
    from {{ of_touched_days(ref('fct_durations'), duration_facts()) }}
)

select
    company_id,
    date_day,
    measure,
    skill_id,
    channel_id,
    upper_seconds,
    count(*) as duration_count,
    {{ total_seconds('seconds') }} as duration_seconds
from durations
group by company_id, date_day, measure, skill_id, channel_id, upper_seconds
