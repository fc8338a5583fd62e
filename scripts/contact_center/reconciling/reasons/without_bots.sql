-- says: sessions in which a bot wrote don't count
-- of: sessions, agent_days, contacts, digital, legs
-- about: bots
select * from counted where session.seen_bot_message_count = 0
