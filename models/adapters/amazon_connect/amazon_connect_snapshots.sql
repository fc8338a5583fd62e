-- One row an agent event: what it says that the agent did. `state` is one of the contract's, or
-- offline, which is none but the agent's absence, or NULL where the event says nothing. Events come
-- more than once: `copy_count` times.
{{ config(materialized='table') }}

with events as (
    select
        event_id,
        upper(event_type) as event_type,
        event_timestamp,
        coalesce({{ amazon_connect_id('agent_arn') }}, agent_username) as agent_id,
        nullif(
            regexp_extract(coalesce(instance_arn, agent_arn), 'instance/([^/]+)', 1), ''
        ) as company_id,
        agent_username,
        {{ amazon_connect_id('group_arn') }} as team_id,
        group_name as team_name,
        {{ utc_timestamp('event_timestamp') }} as occurred_at,
        {{ utc_timestamp('status_start_timestamp') }} as status_started_at,
        status_name,
        agent_contacts,
        coalesce(
            upper(status_type),
            case
                when lower(status_name) = 'available' then 'ROUTABLE'
                when lower(status_name) = 'offline' then 'OFFLINE'
                when status_name is not null then 'CUSTOM'
            end
        ) as status_type,
        -- What rang and was missed or refused, and what failed, isn't with the agent.
        coalesce(
            len(list_filter(
                contact_states,
                lambda contact_state:
                coalesce(contact_state, '') not in ('MISSED', 'REJECTED', 'ERROR')
            )) > 0,
            false
        ) as has_contact
    from {{ ref('amazon_connect_records') }}
    where is_agent_event
)

select
    event_id,
    event_type,
    event_timestamp,
    agent_id,
    company_id,
    agent_username,
    team_id,
    team_name,
    occurred_at,
    status_started_at,
    status_name,
    case
        when event_type = 'LOGOUT' then 'offline'
        when event_type not in ('LOGIN', 'STATE_CHANGE', 'HEART_BEAT') then null
        when has_contact then 'busy'
        when status_type = 'ROUTABLE' then 'idle'
        when status_type = 'OFFLINE' then 'offline'
        when status_type is not null then 'break'
    end as state,
    -- At the same instant.
    case event_type when 'LOGIN' then 1 when 'STATE_CHANGE' then 3 when 'LOGOUT' then 5 else 4 end
        as event_seq,
    agent_contacts,
    count(*) as copy_count
from events
group by all
