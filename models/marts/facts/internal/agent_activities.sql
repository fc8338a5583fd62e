-- What agents did, on one day each: a session received (on the day of its first acceptance), a
-- stretch of a state, a login or a logout. The agent marts sum these rows.
{{ config(materialized='view') }}

{%- set keys = ['company_id', 'agent_id', 'date_day'] %}
{%- set of_sessions = [
    'session_id', 'customer_id', 'is_digital', 'is_ended', 'is_transferred_out',
    'is_transferred_in', 'is_closed_by_agent', 'is_valid', 'is_unreplied', 'session_seconds',
    'first_response_seconds', 'agent_message_count', 'customer_message_count', 'message_count',
    'response_count', 'response_seconds', 'avg_response_seconds', 'score',
    'business_first_response_seconds', 'business_response_count', 'business_response_seconds',
] %}
with agent_sessions as (
    select
        agent_company_id as company_id,
        agent_id,
        first_accepted_date as date_day,
        {{ of_sessions | join(',\n        ') }}
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
    {{- union_by_name({
        'agent_sessions': keys + of_sessions,
        'agent_states': keys + ['state', 'state_seconds'],
        'logins': keys + ['login_at', 'logout_at'],
    }) }}
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
