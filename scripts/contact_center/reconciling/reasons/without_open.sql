-- says: sessions that are still open don't count
-- of: sessions, agent_days, contacts, digital, legs
-- about: population
select * from counted where session.is_closed
