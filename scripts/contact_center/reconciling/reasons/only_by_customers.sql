-- says: sessions count that the customer began, not those of agents or of the system
-- of: sessions, agent_days
-- about: direction
select * from counted where session.initiated_by = 'customer'
