{{ config(
    materialized='incremental',
    meta={'touched_by': 'occurred_at', 'day': 'date_day', 'touches': ['agent_id']},
) }}

select
    events.event_id,
    agents.company_id,
    events.agent_id,
    events.device_id,
    events.event_type,
    events.occurred_at,
    intervals.date_day,
    {{ local_labels('events.occurred_at', 'intervals.utc_offset_minutes', 'intervals.date_day') }}
from {{ ref('agent_events_to_build') }} as events
inner join {{ ref('agent_companies') }} as agents
    on events.agent_id = agents.agent_id
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'events.occurred_at', 'agents.time_zone') }}
where events.event_type in ('login', 'logout')
