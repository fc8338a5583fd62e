with timeline as (
    select * from {{ ref('session_timeline') }}
),

contacts as (
    select * from {{ ref('agent_contacts') }}
),

transferred_sessions as (
    select distinct session_key from timeline
    where event_type = 'transferred'
),

-- The latest queue leg or acceptance before each transfer, whose skill the session has then.
skilled as (
    select
        timeline.session_key,
        timeline.event_position,
        timeline.skill_id,
        max(
            case
                when timeline.event_type in ('queued', 'accepted') then timeline.event_position
            end
        ) over (
            partition by timeline.session_key order by timeline.event_position
            rows between unbounded preceding and 1 preceding
        ) as skilled_position
    from timeline
    inner join transferred_sessions
        on timeline.session_key = transferred_sessions.session_key
),

-- The agent contact that is open at the transfer, if one is.
handovers as (
    select
        timeline.session_key,
        timeline.event_position,
        timeline.occurred_at,
        timeline.contact_number,
        timeline.close_number,
        coalesce(timeline.agent_id, open_contacts.agent_id) as agent_id,
        open_contacts.agent_id as open_agent_id,
        open_contacts.skill_id as open_skill_id,
        -- The receiver was there already: an attended transfer.
        coalesce(
            timeline.to_agent_id = open_contacts.agent_id
            and open_contacts.open_until_position != timeline.event_position,
            false
        ) as is_received_by_open_contact
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
    own_contacts.skill_id as handed_over_skill_id,
    case
        when handovers.is_received_by_open_contact then handovers.contact_number
        else next_contacts.contact_number
    end as received_contact_number,
    case
        when handovers.is_received_by_open_contact then handovers.open_agent_id
        else next_contacts.agent_id
    end as received_by_agent_id,
    case
        when handovers.is_received_by_open_contact then handovers.open_skill_id
        else next_contacts.skill_id
    end as received_skill_id,
    skilled.skilled_position is not null as has_current_skill,
    current_skills.skill_id as current_skill_id
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
left join skilled
    on handovers.session_key = skilled.session_key
    and handovers.event_position = skilled.event_position
left join skilled as current_skills
    on skilled.session_key = current_skills.session_key
    and skilled.skilled_position = current_skills.event_position
