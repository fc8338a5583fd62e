-- Whose stint a message falls into: for what an agent writes, that agent's own latest acceptance;
-- for what a customer or an unnamed agent writes (agent_id NULL), the session's latest acceptance.
-- [from_at, until_at) reaches to the next acceptance of the same kind, so that an instant that two
-- stints share is the later one's; the message lies in the stint if it isn't after ended_at.
select
    session_key,
    agent_id,
    contact_number,
    agent_id as contact_agent_id,
    accepted_at as from_at,
    next_own_accepted_at as until_at,
    coalesce(ended_at, {{ end_of_time() }}) as ended_at
from {{ ref('agent_contacts') }}
union all
select
    session_key,
    null as agent_id,
    contact_number,
    agent_id as contact_agent_id,
    accepted_at as from_at,
    coalesce(next_accepted_at, {{ end_of_time() }}) as until_at,
    coalesce(ended_at, {{ end_of_time() }}) as ended_at
from {{ ref('agent_contacts') }}
