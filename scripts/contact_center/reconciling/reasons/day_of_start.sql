-- says: counted on the day on which the session started
-- of: agent_days, contacts, digital, legs
-- about: day
select * replace (session.started_at as day_at, cast(null as date) as date_day)
from counted
where session.session_id is not null
