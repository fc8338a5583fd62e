-- The satisfaction of a session, on 1 to 5, of which S4, S5, A25 and A26 are made.
select
    session_key,
    score,
    submitted_at,
    agent_id
from {{ ref('counted_evaluations') }}
where is_satisfaction
