-- says: presence whose end was inferred (no logout came) doesn't count
-- of: agent_days
-- figures: A3, A4, A5, A6, A7, A8
-- about: presence
select * from counted where not coalesce(is_end_inferred, false)
