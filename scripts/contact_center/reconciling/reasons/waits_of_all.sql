-- says: the waits of those who never reached a person count too
-- of: sessions
-- figures: S6
-- about: queue
select * replace (is_accepted or was_queued as is_accepted) from counted
