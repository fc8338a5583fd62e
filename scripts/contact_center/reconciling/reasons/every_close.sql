-- says: every close counts, also of a session that was reopened later
-- of: digital
-- figures: N11, N12, N18
-- about: reopenings
select * replace (is_close as is_final) from counted
