-- Logins, states and logouts: who was offline, or was never seen, and is there now logs in.
{{ config(materialized='table') }}

with states as (
    select
        *,
        concat_ws('|', agent_id, said_at, status) as event_id,
        coalesce(former_status, 'offline') = 'offline' and status != 'offline' as is_login
    from {{ ref('tencent_ccc_states') }}
),

events as (
    select
        event_id || '|login' as event_id,
        agent_id,
        occurred_at,
        said_at,
        state_number * 2 as event_seq,
        'login' as event_type,
        cast(null as varchar) as state,
        cast(null as varchar) as reason
    from states
    where is_login

    union all

    select
        event_id,
        agent_id,
        occurred_at,
        said_at,
        state_number * 2 + 1 as event_seq,
        case status when 'offline' then 'logout' else 'state' end as event_type,
        case when status != 'offline' then {{ tencent_ccc_state('status') }} end as state,
        case when status != 'offline' then reason end as reason
    from states
    -- Offline twice is offline once.
    where status is distinct from 'offline' or former_status is distinct from 'offline'
)

select
    event_id,
    agent_id,
    {{ reported_time('tencent_ccc_states') }} as occurred_at,
    event_seq,
    event_type,
    state,
    reason
from events
