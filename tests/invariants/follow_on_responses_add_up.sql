-- N16 = N4 - the agent contacts with an agent response: each of those has one that is the first.
with agent_days as (
    select
        company_id,
        agent_id,
        date_day,
        sum(agent_response_count) as agent_response_count,
        sum(follow_on_response_count) as follow_on_response_count
    from {{ built_rows(ref('digital_metrics_daily')) }}
    group by company_id, agent_id, date_day
),

responding_contacts as (
    select
        company_id,
        agent_id,
        accepted_date,
        count(*) as responding_contact_count
    from {{ built_rows(ref('fct_agent_contacts'), ['digital_activities'], 'accepted_date') }}
    where is_digital and agent_response_count >= 1
    group by company_id, agent_id, accepted_date
)

select
    agent_days.company_id,
    agent_days.agent_id,
    agent_days.date_day,
    agent_days.agent_response_count,
    agent_days.follow_on_response_count,
    coalesce(responding_contacts.responding_contact_count, 0) as responding_contact_count
from agent_days
left join responding_contacts
    on agent_days.company_id = responding_contacts.company_id
    and agent_days.agent_id = responding_contacts.agent_id
    and agent_days.date_day = responding_contacts.accepted_date
where
    agent_days.follow_on_response_count
    is distinct from agent_days.agent_response_count
    - coalesce(responding_contacts.responding_contact_count, 0)
