-- says: whoever of its agents closed the session, each of them is credited with the close
-- of: agent_days
-- figures: A12
-- about: transfers
select * replace (session.is_closed and session.closed_by = 'agent' as is_closed_by_agent)
from counted
