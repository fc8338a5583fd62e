-- Each answer of a call by an agent: those of a CONNECT, and those of which the line is lost.
select
    call_id,
    agent_id,
    queue_name,
    occurred_at,
    line_position,
    next_occurred_at as ended_at,
    next_line_position as ended_position,
    is_of_session,
    false as is_lost,
    copy_count
from {{ ref('asterisk_call_events') }}
where meaning = 'accepted'

union all

select
    call_id,
    coalesce(agent_id, {{ asterisk_nobody() }}) as agent_id,
    queue_name,
    answered_at as occurred_at,
    line_position,
    occurred_at as ended_at,
    line_position as ended_position,
    is_of_session,
    true as is_lost,
    copy_count
from {{ ref('asterisk_call_events') }}
where answered_at is not null
