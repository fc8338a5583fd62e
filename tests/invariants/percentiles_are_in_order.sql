{{ config(tags=['duckdb_sql']) }}
-- No percentile is below a lower one, and none beyond the longest.
{%- set days = "select min(date_day), max(date_day) from "
    ~ built_rows(ref('duration_histogram_daily')) %}
{%- set first_day, last_day = (
    run_query(days).rows[0].values()
    if execute and load_relation(ref('duration_histogram_daily')) is not none else (none, none)
) %}
{%- set first_day, last_day = first_day or '2000-01-01', last_day or '2000-01-01' %}
select *
from {{ ref('duration_percentiles') }}('{{ first_day }}', '{{ last_day }}')
where
    (
        p50_seconds <= p75_seconds
        and p75_seconds <= p90_seconds
        and p90_seconds <= p95_seconds
        and p95_seconds <= p99_seconds
        and p99_seconds <= longest_seconds
        and duration_count >= 1
    ) is not true
