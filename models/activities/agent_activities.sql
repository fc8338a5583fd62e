-- What agents did, on one day each: a session received (on the day of its first acceptance), a
-- stretch of a state, a login or a logout. The agent marts sum these rows.
{{ config(materialized='view') }}

with agent_sessions as (
    select
        company_id,
        agent_id,
        first_accepted_date as date_day,
        * exclude (company_id, agent_id, is_messages_measured, is_evaluations_measured)
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
        company_id,
        agent_id,
        date_day,
        case when event_type = 'login' then occurred_at end as login_at,
        case when event_type = 'logout' then occurred_at end as logout_at
    from {{ ref('fct_agent_logins') }}
),

activities as (
    select * from agent_sessions
    union all by name
    select * from agent_states
    union all by name
    select * from logins
)

select
    activities.*,
    activities.session_id is not null as is_agent_session,
    measured.has_messages as is_messages_measured,
    measured.has_evaluations as is_evaluations_measured,
    measured.has_agent_events as is_presence_measured
from activities
inner join {{ ref('agent_companies') }} as agents
    on activities.agent_id = agents.agent_id
inner join {{ ref('measured_tables') }} as measured
    on agents.feed = measured.feed
