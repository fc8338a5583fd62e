{{ config(tags=['duckdb_sql']) }}
-- Every total of the session marts, of each day and of all, is the sum over the sessions.
with facts as (
    select
        company_id,
        session_date as date_day,
        count(*) as session_count,
        count(first_accepted_at) as human_session_count,
        count(*) filter (where is_valid) as valid_session_count,
        count(score) as evaluated_session_count,
        {%- for score in range(1, 6) %}
        count(*) filter (where score = {{ score }}) as score_{{ score }}_session_count,
        {%- endfor %}
        sum(queue_seconds) filter (where is_accepted) as queue_seconds,
        count(*) filter (where is_accepted and is_closed) as closed_human_session_count,
        sum(session_seconds) as session_seconds,
        count(first_response_seconds) as first_response_session_count,
        sum(first_response_seconds) as first_response_seconds,
        count(*) filter (where avg_response_seconds > 0) as mean_response_session_count,
        sum(avg_response_seconds) as mean_response_seconds,
        sum(response_count) as response_count,
        sum(response_seconds) as response_seconds,
        count(queue_result) as queued_session_count,
        count(*) filter (where was_queued and is_accepted) as answered_queued_session_count,
        count(*) filter (where queue_result = 'abandoned') as abandoned_session_count,
        count(*) filter (where queue_result = 'flowed_out') as flowed_out_session_count,
        count(*) filter (where queue_result = 'waiting') as waiting_session_count,
        count(*) filter (where is_answered_within_service_level) as answered_within_session_count,
        count(handle_seconds) as handled_session_count,
        sum(handle_seconds) as handle_seconds,
        sum(pended_while_customer_waits_count) as pended_while_customer_waits_count,
        count(*) filter (where is_outside_hours) as outside_hours_session_count,
        count(business_queue_seconds) as business_queue_session_count,
        sum(business_queue_seconds) as business_queue_seconds,
        count(business_first_response_seconds) as business_first_response_session_count,
        sum(business_first_response_seconds) as business_first_response_seconds,
        sum(business_response_count) as business_response_count,
        sum(business_response_seconds) as business_response_seconds
    from {{ built_rows(ref('fct_sessions'), ['session_facts'], 'session_date') }}
    group by rollup(company_id, session_date)
),

marts as (
    select * from {{ built_rows(ref('session_analysis_daily')) }}
    union all by name
    select * from {{ ref('session_analysis_aggregated') }}
),

{{ facts_less_marts(['company_id']) }}
