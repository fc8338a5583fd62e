{{ config(materialized='view') }}

-- A day without a session has figures too, and a day of which nothing has landed yet is the one to
-- be warned of: so every day of the data. Of a company with several feeds the slowest counts.
with company_feeds as (
    select
        company_id,
        feed
    from {{ ref('session_facts') }}
    union distinct
    select
        company_id,
        feed
    from {{ ref('agent_companies') }}
),

lags as (
    {{ lag_quantiles(['feed'], {'p99_lag_seconds': 0.99}) | indent(4) }}
),

company_lags as (
    select
        company_feeds.company_id,
        max(lags.p99_lag_seconds) as p99_lag_seconds
    from company_feeds
    left join lags
        on company_feeds.feed = lags.feed
    group by company_feeds.company_id
),

days as (
    select
        time_zone,
        date_day,
        max(ends_at) as ends_at
    from {{ ref('local_days') }}
    where is_in_data
    group by time_zone, date_day
)

select
    company_lags.company_id,
    days.date_day,
    {{ seconds_between('days.ends_at', 'data_span.as_of') }} < company_lags.p99_lag_seconds
        as is_provisional
from company_lags
inner join {{ ref('company_time_zones') }} as zones
    on company_lags.company_id = zones.company_id
inner join days
    on zones.time_zone = days.time_zone
cross join {{ ref('data_span') }} as data_span
