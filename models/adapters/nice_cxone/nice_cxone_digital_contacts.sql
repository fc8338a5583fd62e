-- The contacts of agents as the digital stream tells them: by their beginnings and ends, or, where
-- it has no such events, by the changes of whom a case is assigned to. Bots and surveys are no
-- agents.
{{ config(materialized='table') }}

with changes as (
    select
        *,
        bool_or(event_type = 'agentcontactstarted') over (partition by session_id) as has_contacts
    from {{ ref('nice_cxone_events') }}
    where
        session_id is not null
        and event_type in ('agentcontactstarted', 'agentcontactended', 'caseinboxassigneechanged')
),

steps as (
    select
        event_id,
        session_id,
        case event_type
            when 'agentcontactstarted' then coalesce(contact_started_text, occurred_text)
            else coalesce(contact_ended_text, occurred_text)
        end as change_text,
        case event_type when 'agentcontactstarted' then 'accepted' else 'left' end as step,
        coalesce(contact_agent_id, user_id, case_agent_id) as agent_id,
        case
            when contact_agent_id is null then is_case_with_bot
            else is_contact_of_bot
        end as is_bot,
        case event_type when 'agentcontactstarted' then queue_id end as skill_id
    from changes
    where event_type in ('agentcontactstarted', 'agentcontactended')

    union all

    select
        event_id,
        session_id,
        occurred_text as change_text,
        'left' as step,
        former_assignee_id as agent_id,
        is_former_assignee_bot as is_bot,
        cast(null as varchar) as skill_id
    from changes
    where
        event_type = 'caseinboxassigneechanged'
        and not has_contacts
        and former_assignee_id is not null
        and former_assignee_id is distinct from assignee_id

    union all

    select
        event_id,
        session_id,
        occurred_text as change_text,
        'accepted' as step,
        assignee_id as agent_id,
        is_assignee_bot as is_bot,
        queue_id as skill_id
    from changes
    where
        event_type = 'caseinboxassigneechanged'
        and not has_contacts
        and assignee_id is not null
        and former_assignee_id is distinct from assignee_id
)

select
    *,
    {{ utc_timestamp('change_text') }} as changed_at
from steps
