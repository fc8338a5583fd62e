-- says: only telephone calls count
-- of: sessions, agent_days, contacts, digital, legs
-- about: channel
select * from counted where session.is_voice
