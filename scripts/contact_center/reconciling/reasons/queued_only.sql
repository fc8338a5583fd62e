-- says: sessions that were accepted without a queue are left out of the average wait
-- of: sessions
-- figures: S6
-- about: queue
select * from counted where was_queued
