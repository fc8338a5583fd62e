-- says: sessions that never reached a person don't count
-- of: sessions, legs
-- about: population
select * from counted where session.is_accepted
