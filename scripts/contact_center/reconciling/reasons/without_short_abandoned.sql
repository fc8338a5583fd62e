-- says: who gave up within the short-abandonment limit wasn't there
-- of: legs
-- figures: Q1, Q3, Q7, Q9
-- about: abandonment
select * from counted
where not (result = 'abandoned' and queue_seconds <= short_abandon_seconds)
