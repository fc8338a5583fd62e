-- says: sessions that were reopened don't count
-- of: sessions, agent_days, contacts, digital
-- about: reopenings
select * from counted where session.reopened_count = 0
