-- says: a bot's messages in the agent's sessions count as messages
-- of: agent_days
-- figures: A15, A16
-- about: bots
select counted.* replace (
    agent_message_count + coalesce(session.seen_bot_message_count, 0) as agent_message_count,
    message_count + coalesce(session.seen_bot_message_count, 0) as message_count
)
from counted
