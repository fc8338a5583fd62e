{{ config(tags=['duckdb_sql']) }}
-- The figures of all sessions of a company's day are the sums of those by channel, direction,
-- campaign and first skill.
with facts as (
    select
        company_id,
        date_day,
        sum({{ additive_columns() }})
    from {{ built_rows(ref('session_metrics_daily')) }}
    group by company_id, date_day
),

marts as (
    select * from {{ built_rows(ref('session_analysis_daily')) }}
),

{{ facts_less_marts(['company_id']) }}
