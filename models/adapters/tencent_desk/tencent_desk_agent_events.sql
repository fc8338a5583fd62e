-- raw_agent_events: logins, states and logouts; who was offline, or was never seen, and is there
-- now logs in.
{{ config(materialized='table') }}

with statuses as (
    select * from {{ ref('tencent_desk_statuses') }}
),

events as (
    select
        event_id || '|login' as event_id,
        agent_id,
        occurred_at,
        said_at,
        1 as event_seq,
        'login' as event_type,
        cast(null as varchar) as state,
        cast(null as varchar) as reason,
        copy_count
    from statuses
    where coalesce(former_status, 'offline') = 'offline' and status != 'offline'

    union all

    select
        event_id,
        agent_id,
        occurred_at,
        said_at,
        case status when 'offline' then 3 else 2 end as event_seq,
        case status when 'offline' then 'logout' else 'state' end as event_type,
        case when status != 'offline' then {{ tencent_desk_state('status') }} end as state,
        case when {{ tencent_desk_state('status') }} = 'break' then reason end as reason,
        copy_count
    from statuses
    -- Offline twice is offline once.
    where status is distinct from 'offline' or former_status is distinct from 'offline'
),

copies as (
    select
        *,
        unnest(range(copy_count)) as copy_number
    from events
)

select
    event_id,
    agent_id,
    {{ reported_time('tencent_desk_statuses') }} as occurred_at,
    event_seq,
    event_type,
    state,
    reason
from copies
