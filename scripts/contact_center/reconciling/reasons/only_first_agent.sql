-- says: a session that was handed over counts for the agent who had it first, not for those after
-- of: agent_days, contacts, digital
-- about: transfers
select * from counted where session.session_id is not null and not is_transferred_in
