-- raw_session_events: what records say of sessions, of each agent's part, and of agents' work.
{%- set parts = [
    'tencent_ccc_record_events', 'tencent_ccc_participant_events', 'tencent_ccc_work_events',
] %}

with events as (
    {%- for part in parts %}
    select * from {{ ref(part) }}
    {{ 'union all by name' if not loop.last }}
    {%- endfor %}
)

select
    event_id,
    session_id,
    {{ reported_time(parts) }} as occurred_at,
    event_seq,
    event_type,
    actor_type,
    agent_id,
    skill_id,
    to_agent_id,
    to_skill_id,
    reason,
    outcome
from events
