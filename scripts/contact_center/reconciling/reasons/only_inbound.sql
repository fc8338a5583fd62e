-- says: outbound sessions don't count
-- of: sessions, agent_days, contacts, digital, legs
-- about: direction
select * from counted where session.direction is distinct from 'outbound'
