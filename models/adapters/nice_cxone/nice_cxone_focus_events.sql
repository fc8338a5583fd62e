-- raw_focus_events of the contract: whose window an agent's cursor is in.
select
    event_id,
    session_id,
    coalesce(user_id, contact_agent_id, case_agent_id) as agent_id,
    occurred_text as occurred_at,
    case event_type when 'threadfocused' then 'focus' else 'blur' end as event_type,
    received_at as ingested_at
from {{ ref('nice_cxone_events') }}
where event_type in ('threadfocused', 'threadunfocused')
