-- says: a transfer counts for the agent who received it, too
-- of: agent_days
-- figures: A10
-- about: transfers
select * replace (is_transferred_out or is_transferred_in as is_transferred_out) from counted
