-- says: counted on the day on which the session was closed; an open one doesn't count yet
-- of: sessions, agent_days, contacts, digital, legs
-- about: day
select * replace (session.last_closed_at as day_at, cast(null as date) as date_day)
from counted
where session.is_closed
