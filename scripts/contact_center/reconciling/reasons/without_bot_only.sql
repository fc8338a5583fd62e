-- says: sessions that a bot served alone don't count
-- of: sessions
-- about: bots
select * from counted
where session.seen_bot_message_count = 0 or session.was_queued or session.is_accepted
