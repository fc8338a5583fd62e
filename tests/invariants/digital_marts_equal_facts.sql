{{ config(tags=['duckdb_sql']) }}
-- Every total of the digital marts, by agent, of each day and of all, is the sum over agent
-- contacts, their focus or their sessions' closes.
with agent_contacts as (
    select *
    from {{ built_rows(ref('fct_agent_contacts'), ['digital_activities'], 'accepted_date') }}
    where is_digital or is_voice
),

digital_contacts as (
    select * from agent_contacts
    where is_digital
),

accepted as (
    select
        company_id,
        agent_id,
        accepted_date as date_day,
        count(*) as agent_contact_count,
        count(*) filter (
            where is_voice or (is_messages_measured and first_response_seconds > 0)
        ) as answered_agent_contact_count
    from agent_contacts
    group by rollup((company_id, agent_id), accepted_date)
),

written as (
    select
        company_id,
        agent_id,
        accepted_date as date_day,
        count(*) as digital_agent_contact_count,
        sum(contact_seconds) as agent_contact_seconds,
        sum(first_response_seconds) as first_response_seconds,
        sum(agent_message_count) as agent_message_count,
        sum(agent_response_count) as agent_response_count,
        count(*) filter (where first_response_seconds > 0) as responded_agent_contact_count,
        sum(customer_response_count) as customer_response_count,
        count(*) filter (where customer_response_count >= 1)
            as customer_responded_agent_contact_count,
        sum(agent_response_count - 1) filter (where agent_response_count >= 1)
            as follow_on_response_count,
        sum(follow_on_response_seconds) as follow_on_response_seconds,
        sum(agent_response_count) + sum(customer_response_count) as total_response_count,
        sum(agent_response_count) + sum(customer_response_count) as response_count,
        count(business_first_response_seconds) filter (where first_response_seconds > 0)
            as business_first_response_count,
        sum(business_first_response_seconds) as business_first_response_seconds,
        sum(business_response_count) as business_response_count,
        sum(business_response_seconds) as business_response_seconds
    from digital_contacts
    group by rollup((company_id, agent_id), accepted_date)
),

focused as (
    select
        contacts.company_id,
        contacts.agent_id,
        contacts.accepted_date as date_day,
        count(*) as focus_count,
        sum(focus.focus_seconds) as focus_seconds,
        sum(focus.focus_seconds) filter (where contacts.is_ended) as ended_focus_seconds
    from {{ ref('fct_focus') }} as focus
    inner join digital_contacts as contacts
        on focus.agent_contact_id = contacts.agent_contact_id
    group by rollup((contacts.company_id, contacts.agent_id), contacts.accepted_date)
),

contact_closes as (
    select
        closes.*,
        contacts.company_id,
        contacts.agent_id
    from {{ ref('fct_session_closes') }} as closes
    inner join {{ ref('fct_agent_contacts') }} as contacts
        on closes.agent_contact_id = contacts.agent_contact_id
    where contacts.is_digital
),

closed as (
    select
        company_id,
        agent_id,
        closed_date as date_day,
        count(*) as close_count,
        count(distinct session_id) filter (where is_final) as closed_session_count,
        sum(resolution_seconds) filter (where is_final) as resolution_seconds,
        count(business_resolution_seconds) as business_resolution_count,
        sum(business_resolution_seconds) as business_resolution_seconds
    from {{ of_touched_days('contact_closes', ['digital_activities'], 'closed_date') }}
    group by rollup((company_id, agent_id), closed_date)
),

facts as (
    select * from accepted
    union all by name
    select * from written
    union all by name
    select * from focused
    union all by name
    select * from closed
),

marts as (
    select * from {{ built_rows(ref('digital_metrics_daily')) }}
    union all by name
    select * from {{ ref('digital_metrics_aggregated') }}
),

{{ facts_less_marts(['company_id', 'agent_id']) }}
