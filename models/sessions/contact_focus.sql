-- Focus clipped to each contact of that agent in that session. A piece without length is left out.
with clipped as (
    select
        focus.focus_id,
        focus.session_key,
        contacts.contact_number,
        focus.agent_id,
        greatest(focus.started_at, contacts.accepted_at) as started_at,
        least(focus.ended_at, contacts.ended_at) as ended_at
    from {{ ref('focus_intervals') }} as focus
    inner join {{ ref('agent_contacts') }} as contacts
        on focus.session_key = contacts.session_key
        and focus.agent_id = contacts.agent_id
)

select
    *,
    {{ seconds_between('started_at', 'ended_at') }} as focus_seconds
from clipped
where ended_at > started_at
