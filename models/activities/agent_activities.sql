-- What agents did, on one day each: a session received (on the day of its first acceptance), a
-- stretch of a state, a login or a logout. The agent marts sum these rows.
with measured as (
    select * from {{ ref('measured_tables') }}
),

agent_sessions as (
    select
        company_id,
        agent_id,
        first_accepted_date as date_day,
        * exclude (company_id, agent_id)
    from {{ ref('fct_agent_sessions') }}
),

agent_states as (
    select
        company_id,
        agent_id,
        date_day,
        state,
        state_seconds
    from {{ ref('fct_agent_states') }}
),

logins as (
    select
        agents.company_id,
        events.agent_id,
        local_days.date_day,
        case when events.event_type = 'login' then events.occurred_at end as login_at,
        case when events.event_type = 'logout' then events.occurred_at end as logout_at
    from {{ ref('stg_agent_events') }} as events
    inner join {{ ref('agent_companies') }} as agents
        on events.agent_id = agents.agent_id
    left join {{ ref('local_days') }} as local_days
        on {{ in_local_day('local_days', 'events.occurred_at', 'agents.time_zone') }}
    where events.event_type in ('login', 'logout')
),

activities as (
    select * from agent_sessions
    union all by name
    select * from agent_states
    union all by name
    select * from logins
)

select
    activities.* exclude (is_messages_measured, is_evaluations_measured),
    activities.session_id is not null as is_agent_session,
    measured.has_messages as is_messages_measured,
    measured.has_evaluations as is_evaluations_measured,
    measured.has_agent_events as is_presence_measured
from activities
cross join measured
