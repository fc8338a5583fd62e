-- says: the first close of a session counts, not its last one
-- of: digital
-- figures: N11, N12, N18
-- about: reopenings
select * replace (close_number = 1 as is_final)
from counted
where coalesce(close_number, 1) = 1
