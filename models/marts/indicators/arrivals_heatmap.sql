{{ config(materialized='range_function', contract={'enforced': false}) }}

{%- set queue = 'company_id, skill_id, channel_id, direction' %}
{%- set half_hour = 'iso_day_of_week, local_half_hour' %}
with quarter_hours as (
    select
        time_zone,
        date_day,
        interval_started_at,
        local_time,
        {{ half_hour }},
        lag(local_half_hour) over (
            partition by time_zone order by interval_started_at
        ) as previous_half_hour
    from {{ ref('dim_intervals') }}
    where date_day between cast(from_date as date) - 1 and cast(to_date as date)
),

-- A half hour also begins where the clock leaps into the middle of it.
half_hours as (
    select *
    from quarter_hours
    where
        (local_time = local_half_hour or local_half_hour != previous_half_hour)
        and date_day between cast(from_date as date) and cast(to_date as date)
),

occurrences as (
    select
        companies.company_id,
        half_hours.iso_day_of_week,
        half_hours.local_half_hour,
        count(*) as occurrence_count
    from half_hours
    inner join {{ ref('dim_companies') }} as companies
        on half_hours.time_zone = companies.time_zone
    inner join {{ ref('data_span') }} as data_span
        on half_hours.interval_started_at <= data_span.as_of
    group by companies.company_id, half_hours.iso_day_of_week, half_hours.local_half_hour
),

arrivals as (
    select
        {{ queue }},
        {{ half_hour }},
        {{ sums_of_totals(model.columns, without=['occurrence_count']) | indent(4) }}
    from {{ ref('queue_metrics_interval') }}
    where date_day between cast(from_date as date) and cast(to_date as date)
    group by {{ queue }}, {{ half_hour }}
),

queues as (
    select distinct {{ queue }} from arrivals
),

-- Every half hour of every queue, also those in which nobody came.
cells as (
    select
        queues.*,
        occurrences.iso_day_of_week,
        occurrences.local_half_hour,
        occurrences.occurrence_count
    from queues
    inner join occurrences
        on queues.company_id = occurrences.company_id
),

totals as (
    select
        cells.*,
        {{ zeros_where_none(model.columns, 'arrivals') | indent(4) }}
    from cells
    left join arrivals
        on cells.company_id = arrivals.company_id
        and cells.skill_id is not distinct from arrivals.skill_id
        and cells.channel_id is not distinct from arrivals.channel_id
        and cells.direction is not distinct from arrivals.direction
        and cells.iso_day_of_week = arrivals.iso_day_of_week
        and cells.local_half_hour = arrivals.local_half_hour
)

select
    *,
    {{ average('queued_leg_count', 'occurrence_count') }} as avg_queued_leg_count,
    {{ average('start_leg_count', 'occurrence_count') }} as avg_start_leg_count,
    {{ queue_rates() }}
from totals
