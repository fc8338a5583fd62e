-- says: whoever left the queue without a person has abandoned it
-- of: legs
-- about: abandonment
select * replace (
    case when result = 'flowed_out' and outcome != 'requeued' then 'abandoned' else result end
        as result
)
from counted
