-- Every resolution and every reopening. A period is what lies between two reopenings; the first is
-- number 0.
{{ config(materialized='table') }}

with changes as (
    select
        'event/' || event_id as event_id,
        session_id,
        'closed' as event_type,
        agent_id,
        occurred_at,
        counted_at,
        false as is_pending,
        event_position
    from {{ ref('chatwoot_status_events') }}
    where name = 'conversation_resolved'
    union all by name
    select
        event_id,
        session_id,
        'reopened' as event_type,
        agent_id,
        cast(reopened_at as varchar) as occurred_at,
        reopened_at as counted_at,
        is_pending,
        -- After its resolution, before what comes next.
        event_position + 0.5 as event_position
    from {{ ref('chatwoot_reopenings') }}
)

select
    *,
    count(*) filter (where event_type = 'reopened') over (
        partition by session_id
        order by event_position
    ) as period_number
from changes
