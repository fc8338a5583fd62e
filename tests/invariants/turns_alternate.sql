-- No turn follows one of the same side and agent: the two would be one.
with turns as (
    select
        session_key,
        turn_number,
        is_agent,
        agent_id,
        is_response,
        started_at,
        ended_at,
        lag(turn_number, 1, 0) over session_order as previous_turn_number,
        lag(is_agent) over session_order as previous_is_agent,
        lag(agent_id) over session_order as previous_agent_id,
        lag(ended_at) over session_order as previous_ended_at
    from {{ built_rows(ref('turns')) }}
    window session_order as (partition by session_key order by turn_number)
)

select *
from turns
where
    (is_agent = previous_is_agent and agent_id is not distinct from previous_agent_id)
    or is_response != coalesce(is_agent != previous_is_agent, false)
    or turn_number != previous_turn_number + 1
    or ended_at < started_at
    or started_at < previous_ended_at
