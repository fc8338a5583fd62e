-- The brand has a thread from its start; nothing in the data queues or closes one. A thread that no
-- brand answers is a session that was never accepted.
select
    session_id || '/accepted' as event_id,
    session_id,
    started_at as occurred_at,
    'accepted' as event_type,
    'agent' as actor_type,
    company_id as agent_id
from {{ ref('twitter_support_sessions') }}
where company_id is not null
