{{ config(tags=['duckdb_sql']) }}
-- Every total of the resolution marts, of each day and of all, is the sum over the closed sessions.
{%- set dimensions = resolution_dimensions() | join(', ') %}
with facts as (
    select
        {{ dimensions }},
        closed_date as date_day,
        count(*) as closed_session_count,
        count(*) filter (where is_reopened) as reopened_session_count,
        count(*) filter (where is_matured) as matured_session_count,
        count(*) filter (where is_repeated) as repeated_session_count,
        count(*) filter (where is_matured and agent_id is not null)
            as matured_accepted_session_count,
        count(*) filter (where agent_id is not null and not is_reopened and is_repeated = false)
            as first_contact_count,
        case
            when count(is_one_touch) > 0 then count(*) filter (where is_one_touch)
        end as one_touch_session_count,
        count(*) filter (where is_single_agent) as single_agent_session_count,
        count(*) - count(customer_id) as unknown_customer_session_count
    from {{ built_rows(ref('fct_resolutions'), ['fct_resolutions']) }}
    group by rollup(({{ dimensions }}), closed_date)
),

marts as (
    select * from {{ built_rows(ref('resolution_metrics_daily')) }}
    union all by name
    select * from {{ ref('resolution_metrics_aggregated') }}
),

{{ facts_less_marts(resolution_dimensions()) }}
