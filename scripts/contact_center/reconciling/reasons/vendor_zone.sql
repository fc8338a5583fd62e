-- says: days are days of {zone}
-- of: sessions, agent_days, contacts, digital, legs, tags, hands
-- about: zone
-- needs: zone
select * replace (getvariable('vendor_zone') as day_zone, cast(null as date) as date_day)
from counted
