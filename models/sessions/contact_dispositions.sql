-- The outcome of each agent contact: the last that its agent recorded in it, or after it and before
-- the agent's next contact of the session.
with timeline as (
    select * from {{ ref('session_timeline') }}
),

contacts as (
    select * from {{ ref('agent_contacts') }}
)

select
    contacts.session_key,
    contacts.contact_number,
    max_by(timeline.disposition, timeline.event_position) as disposition
from timeline
inner join contacts
    on timeline.session_key = contacts.session_key
    and timeline.agent_id = contacts.agent_id
    and timeline.event_position > contacts.accepted_position
    and timeline.event_position < contacts.next_own_accepted_position
where timeline.event_type = 'disposition_set'
group by contacts.session_key, contacts.contact_number
