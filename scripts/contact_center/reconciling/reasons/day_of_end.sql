-- says: counted on the day on which the agent's part, or the wait, ended
-- of: contacts, digital, legs
-- about: day
select * replace (ended_at as day_at, cast(null as date) as date_day)
from counted
where ended_at is not null
