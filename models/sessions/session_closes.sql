-- Every close that changed something, with the agent contact that was open at it, or the last
-- before it.
select
    session_key,
    close_number,
    contact_number,
    occurred_at as closed_at,
    coalesce(actor_type, case when agent_id is not null then 'agent' end) as closed_by,
    case when coalesce(actor_type, 'agent') = 'agent' then agent_id end as closed_by_agent_id,
    event_position = max(event_position) over (partition by session_key) as is_last_close
from {{ ref('session_timeline') }}
where is_effective_close
