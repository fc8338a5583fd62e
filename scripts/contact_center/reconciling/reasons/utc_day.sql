-- says: days are days of UTC
-- of: sessions, agent_days, contacts, digital, legs, tags, hands
-- about: zone
select * replace ('UTC' as day_zone, cast(null as date) as date_day) from counted
