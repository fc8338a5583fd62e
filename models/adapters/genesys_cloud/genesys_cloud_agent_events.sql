-- raw_agent_events of the contract. Offline is no presence: going there is a logout, leaving it a
-- login.
with states as (
    select
        *,
        lag(state) over (partition by agent_id order by occurred_at) as former_state,
        lag(reason) over (partition by agent_id order by occurred_at) as former_reason
    from {{ ref('genesys_cloud_states') }}
),

changes as (
    select
        *,
        agent_id || '/' || strftime(occurred_at, '%Y-%m-%dT%H:%M:%S.%g') as change_id
    from states
    where
        state is distinct from former_state
        or (state = 'break' and reason is distinct from former_reason)
)

select
    change_id || '/login' as event_id,
    agent_id,
    cast(occurred_at as varchar) as occurred_at,
    1 as event_seq,
    'login' as event_type,
    null as state,
    null as reason
from changes
where state != 'offline' and coalesce(former_state, 'offline') = 'offline'

union all

select
    change_id || '/state' as event_id,
    agent_id,
    cast(occurred_at as varchar) as occurred_at,
    2 as event_seq,
    'state' as event_type,
    state,
    case when state = 'break' then upper(reason) end as reason
from changes
where state != 'offline'

union all

select
    change_id || '/logout' as event_id,
    agent_id,
    cast(occurred_at as varchar) as occurred_at,
    3 as event_seq,
    'logout' as event_type,
    null as state,
    null as reason
from changes
where state = 'offline' and former_state != 'offline'

union all

-- What nothing can be made of, for the contract's checks to set aside.
select
    coalesce(agent_id, '') || '/' || span_kind || '/' || coalesce(start_text, '') as event_id,
    agent_id,
    start_text as occurred_at,
    2 as event_seq,
    'state' as event_type,
    'break' as state,
    word as reason
from {{ ref('genesys_cloud_spans') }}
where agent_id is null or started_at is null
