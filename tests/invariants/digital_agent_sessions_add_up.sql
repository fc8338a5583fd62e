-- On digital channels A11 + A18 + sessions without a customer message = agent sessions.
with agent_days as (
    select * from {{ built_rows(ref('agent_analysis_daily')) }}
),

silent_sessions as (
    select
        company_id,
        agent_id,
        first_accepted_date,
        count(*) as silent_session_count
    from {{ built_rows(ref('fct_agent_sessions'), agent_facts(), 'first_accepted_date') }}
    where is_digital and customer_message_count = 0
    group by company_id, agent_id, first_accepted_date
)

select
    agent_days.company_id,
    agent_days.agent_id,
    agent_days.date_day,
    agent_days.digital_session_count,
    agent_days.valid_session_count,
    agent_days.unreplied_session_count,
    coalesce(silent_sessions.silent_session_count, 0) as silent_session_count
from agent_days
left join silent_sessions
    on agent_days.company_id = silent_sessions.company_id
    and agent_days.agent_id = silent_sessions.agent_id
    and agent_days.date_day = silent_sessions.first_accepted_date
-- NULL where messages weren't measured.
where
    agent_days.digital_session_count
    != agent_days.valid_session_count
    + agent_days.unreplied_session_count
    + coalesce(silent_sessions.silent_session_count, 0)
