-- says: automatic replies and campaign messages in an agent's name count as messages
-- of: agent_days
-- figures: A15, A16
-- about: messages
with further as (
    select
        session_id,
        sender_id as agent_id,
        count(*) as message_count
    from staging.stg_messages
    where
        sender_type = 'agent'
        and origin != 'human'
        and session_id in (select session_id from counted)
    group by session_id, sender_id
)

select counted.* replace (
    counted.agent_message_count + coalesce(further.message_count, 0) as agent_message_count,
    counted.message_count + coalesce(further.message_count, 0) as message_count
)
from counted
left join further
    on counted.session_id = further.session_id
    and counted.agent_id = further.agent_id
