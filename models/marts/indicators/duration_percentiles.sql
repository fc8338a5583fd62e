{{ config(materialized='range_function', contract={'enforced': false}) }}

with distributions as (
    select
        company_id,
        measure,
        skill_id,
        channel_id,
        count(*) as duration_count,
        {{ percentiles_of('seconds', [0.5, 0.75, 0.9, 0.95, 0.99]) }} as percentiles,
        max(seconds) as longest_seconds
    from {{ ref('fct_durations') }}
    where date_day between cast(from_date as date) and cast(to_date as date)
    group by company_id, measure, skill_id, channel_id
)

select
    company_id,
    measure,
    skill_id,
    channel_id,
    duration_count,
    {%- for percent in [50, 75, 90, 95, 99] %}
    {{ value_of_list('percentiles', loop.index) }} as p{{ percent }}_seconds,
    {%- endfor %}
    longest_seconds
from distributions
