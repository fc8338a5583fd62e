{{ config(materialized='view') }}

-- Of a company with several feeds the slowest counts.
with company_days as (
    select distinct
        company_id,
        feed,
        session_date as date_day
    from {{ ref('session_facts') }}
),

lags as (
    {{ lag_quantiles(['feed'], {'p99_lag_seconds': 0.99}) | indent(4) }}
),

days as (
    select
        time_zone,
        date_day,
        max(ends_at) as ends_at
    from {{ ref('local_days') }}
    group by time_zone, date_day
),

company_lags as (
    select
        company_days.company_id,
        company_days.date_day,
        max(lags.p99_lag_seconds) as p99_lag_seconds
    from company_days
    left join lags
        on company_days.feed = lags.feed
    group by company_days.company_id, company_days.date_day
)

select
    company_lags.company_id,
    company_lags.date_day,
    {{ seconds_between('days.ends_at', 'data_span.as_of') }} < company_lags.p99_lag_seconds
        as is_provisional
from company_lags
left join {{ ref('company_time_zones') }} as zones
    on company_lags.company_id = zones.company_id
left join days
    on zones.time_zone = days.time_zone
    and company_lags.date_day = days.date_day
cross join {{ ref('data_span') }} as data_span
