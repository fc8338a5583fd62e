with timeline as (
    select * from {{ ref('session_timeline') }}
),

contacts as (
    select * from {{ ref('agent_contacts') }}
),

-- The agent contact that is open at the transfer, if one is.
handovers as (
    select
        timeline.session_key,
        timeline.event_position,
        timeline.occurred_at,
        timeline.contact_number,
        timeline.close_number,
        timeline.to_agent_id,
        coalesce(timeline.agent_id, open_contacts.agent_id) as agent_id,
        open_contacts.agent_id as open_agent_id,
        open_contacts.open_until_position = timeline.event_position as ends_open_contact
    from timeline
    left join contacts as open_contacts
        on timeline.session_key = open_contacts.session_key
        and timeline.contact_number = open_contacts.contact_number
        and timeline.event_position <= open_contacts.open_until_position
    where timeline.event_type = 'transferred'
)

select
    handovers.session_key,
    handovers.event_position,
    handovers.occurred_at,
    handovers.agent_id,
    own_contacts.contact_number as handed_over_contact_number,
    case
        when handovers.to_agent_id = handovers.open_agent_id and not handovers.ends_open_contact
            then handovers.contact_number
        else next_contacts.contact_number
    end as received_contact_number
from handovers
left join contacts as own_contacts
    on handovers.session_key = own_contacts.session_key
    and handovers.agent_id = own_contacts.agent_id
    and handovers.event_position > own_contacts.accepted_position
    and handovers.event_position < own_contacts.next_own_accepted_position
left join contacts as next_contacts
    on handovers.session_key = next_contacts.session_key
    and handovers.contact_number + 1 = next_contacts.contact_number
    and handovers.close_number = next_contacts.closes_before
