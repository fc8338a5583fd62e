-- says: an evaluation counts on the day on which the customer gave it
-- of: sessions, agent_days
-- figures: S4, S5, A25, A26
-- about: day
select * replace (session.seen_evaluated_at as day_at, cast(null as date) as date_day)
from counted
where session.seen_evaluated_at is not null
