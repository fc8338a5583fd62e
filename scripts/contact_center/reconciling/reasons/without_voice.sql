-- says: telephone calls don't count
-- of: sessions, agent_days, contacts, digital, legs
-- about: channel
select * from counted where not session.is_voice
