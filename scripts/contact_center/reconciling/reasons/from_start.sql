-- says: the duration runs from the start of the session, not from the acceptance
-- of: sessions, agent_days
-- figures: S7, A14, A24
-- about: duration
select * replace (
    session_seconds + (
        epoch_us(session.first_accepted_at) - epoch_us(session.started_at)
    ) / 1e6 as session_seconds
)
from counted
