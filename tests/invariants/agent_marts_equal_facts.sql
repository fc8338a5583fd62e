{{ config(tags=['duckdb_sql']) }}
-- Every total of the agent marts, of each day and of all, is the sum over agent sessions or states.
{%- set threshold = var('response_threshold_seconds') %}
with agent_sessions as (
    select
        company_id,
        agent_id,
        first_accepted_date as date_day,
        count(*) as session_count,
        count(*) filter (where is_digital) as digital_session_count,
        count(*) filter (where is_transferred_out) as transferred_session_count,
        count(*) filter (where is_transferred_in) as transferred_in_session_count,
        count(*) filter (
            where is_digital and agent_message_count >= 1 and customer_message_count >= 1
        ) as valid_session_count,
        count(*) filter (where is_closed_by_agent) as agent_closed_session_count,
        count(distinct customer_id) as customer_count,
        count(*) filter (where is_ended) as ended_session_count,
        sum(session_seconds) as session_seconds,
        sum(agent_message_count + customer_message_count) as message_count,
        sum(agent_message_count) as agent_message_count,
        sum(customer_message_count) as customer_message_count,
        count(*) filter (
            where is_digital and agent_message_count = 0 and customer_message_count >= 1
        ) as unreplied_session_count,
        count(first_response_seconds) as first_response_session_count,
        sum(first_response_seconds) as first_response_seconds,
        count(*) filter (where is_digital and first_response_seconds <= {{ threshold }})
            as first_response_within_30s_session_count,
        count(*) filter (where avg_response_seconds > 0) as mean_response_session_count,
        sum(avg_response_seconds) as mean_response_seconds,
        sum(response_count) as response_count,
        sum(response_seconds) as response_seconds,
        count(*) filter (where is_digital and avg_response_seconds <= {{ threshold }})
            as response_within_30s_session_count,
        count(score) as evaluated_session_count,
        count(*) filter (where score in (4, 5)) as satisfied_session_count,
        count(business_first_response_seconds) as business_first_response_session_count,
        sum(business_first_response_seconds) as business_first_response_seconds,
        sum(business_response_count) as business_response_count,
        sum(business_response_seconds) as business_response_seconds
    from {{ built_rows(ref('fct_agent_sessions'), agent_facts(), 'first_accepted_date') }}
    group by rollup((company_id, agent_id), first_accepted_date)
),

agent_states as (
    select
        company_id,
        agent_id,
        date_day,
        sum(state_seconds) filter (where state = 'idle') as idle_seconds,
        sum(state_seconds) filter (where state = 'busy') as busy_seconds,
        sum(state_seconds) filter (where state = 'break') as break_seconds
    from {{ built_rows(ref('fct_agent_states'), agent_facts()) }}
    group by rollup((company_id, agent_id), date_day)
),

facts as (
    select * from agent_sessions
    union all by name
    select * from agent_states
),

marts as (
    select * from {{ built_rows(ref('agent_analysis_daily')) }}
    union all by name
    select * from {{ ref('agent_analysis_aggregated') }}
),

{{ facts_less_marts(['company_id', 'agent_id']) }}
