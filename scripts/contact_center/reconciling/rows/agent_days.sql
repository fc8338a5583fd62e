-- A1 to A26: what agent_activities holds (sessions received, stretches of states, logins), with the
-- instants that it leaves out.
with measured as (
    select distinct
        agent_id,
        is_messages_measured,
        is_evaluations_measured,
        is_presence_measured
    from intermediate.agent_activities
),

received as (
    select
        agent_sessions.* exclude (date_day, is_messages_measured, is_evaluations_measured),
        true as is_agent_session,
        agent_sessions.first_accepted_date as date_day,
        agent_sessions.first_accepted_at as day_at,
        session
    from marts.fct_agent_sessions as agent_sessions
    inner join sessions_at_hand as session
        on agent_sessions.session_id = session.session_id
),

stretches as (
    select
        company_id,
        agent_id,
        date_day,
        started_at as day_at,
        started_at as stretch_started_at,
        ended_at as stretch_ended_at,
        is_end_inferred,
        state,
        state_seconds,
        false as is_agent_session
    from marts.fct_agent_states
    where date_day between cast($from_date as date) - 2 and cast($to_date as date) + 2
),

logins as (
    select
        company_id,
        agent_id,
        date_day,
        occurred_at as day_at,
        case when event_type = 'login' then occurred_at end as login_at,
        case when event_type = 'logout' then occurred_at end as logout_at,
        false as is_agent_session
    from marts.fct_agent_logins
    where date_day between cast($from_date as date) - 2 and cast($to_date as date) + 2
),

activities as (
    select * from received
    union all by name
    select * from stretches
    union all by name
    select * from logins
)

select
    activities.*,
    measured.is_messages_measured,
    measured.is_evaluations_measured,
    measured.is_presence_measured,
    agents.time_zone as day_zone
from activities
inner join measured
    on activities.agent_id = measured.agent_id
inner join intermediate.agent_companies as agents
    on activities.agent_id = agents.agent_id
where list_contains($companies, activities.company_id)
