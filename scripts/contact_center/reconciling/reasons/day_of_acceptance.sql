-- says: counted on the day on which a person first accepted the session
-- of: sessions, contacts, digital, legs
-- about: day
select * replace (session.first_accepted_at as day_at, cast(null as date) as date_day)
from counted
where session.first_accepted_at is not null
