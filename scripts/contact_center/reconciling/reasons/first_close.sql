-- says: a session ends with its first close; what came after a reopening doesn't count
-- of: sessions
-- figures: S7
-- about: reopenings
select * replace (
    case
        when session_seconds is not null
            then (epoch_us(session.seen_first_closed_at) - epoch_us(session.first_accepted_at)) / 1e6
    end as session_seconds
)
from counted
