-- What else is known of each agent contact: its team and campaign as they were at the acceptance,
-- its outcome, and whether it was handed on or received from another.
with contacts as (
    select * from {{ ref('agent_contacts') }}
),

handed_over as (
    select distinct
        session_key,
        handed_over_contact_number as contact_number
    from {{ ref('transfers') }}
),

received as (
    select distinct
        session_key,
        received_contact_number as contact_number
    from {{ ref('transfers') }}
)

select
    contacts.session_key,
    contacts.contact_number,
    coalesce(contacts.team_id, agent_teams.team_id) as team_id,
    skills.campaign_id as skill_campaign_id,
    dispositions.disposition,
    handed_over.session_key is not null as is_transferred_out,
    received.session_key is not null as is_transferred_in
from contacts
left join {{ ref('dim_agent_teams') }} as agent_teams
    on contacts.agent_id = agent_teams.agent_id
    and contacts.accepted_at >= agent_teams.valid_from
    and contacts.accepted_at < coalesce(agent_teams.valid_to, {{ end_of_time() }})
left join {{ ref('stg_skills') }} as skills
    on contacts.skill_id = skills.skill_id
left join {{ ref('contact_dispositions') }} as dispositions
    on contacts.session_key = dispositions.session_key
    and contacts.contact_number = dispositions.contact_number
left join handed_over
    on contacts.session_key = handed_over.session_key
    and contacts.contact_number = handed_over.contact_number
left join received
    on contacts.session_key = received.session_key
    and contacts.contact_number = received.contact_number
