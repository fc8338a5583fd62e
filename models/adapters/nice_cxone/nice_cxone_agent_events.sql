-- raw_agent_events of the contract. A new session of an agent is a login; being logged out, or
-- another session later than the last one's end, a logout.
with states as (
    select
        *,
        lag(agent_session_id) over in_order as former_session_id,
        lag(state) over in_order as former_state,
        lag(reason) over in_order as former_reason,
        lead(agent_session_id) over in_order as next_session_id,
        lead(started_at) over in_order as next_at
    from {{ ref('nice_cxone_agent_states') }}
    where agent_id is not null and started_at is not null and state is not null
    window in_order as (partition by agent_id order by started_at, state_index, state_id)
),

told as (
    select
        *,
        state != 'offline'
        and (
            coalesce(former_state, 'offline') = 'offline'
            or former_session_id is distinct from agent_session_id
        ) as is_login
    from states
)

select
    state_id || '/login' as event_id,
    agent_id,
    start_text as occurred_at,
    2 as event_seq,
    'login' as event_type,
    cast(null as varchar) as state,
    cast(null as varchar) as reason
from told
where is_login

union all

select
    state_id || '/state' as event_id,
    agent_id,
    start_text as occurred_at,
    3 as event_seq,
    'state' as event_type,
    state,
    case when state = 'break' then reason end as reason
from told
where
    state != 'offline'
    and (
        is_login
        or state is distinct from former_state
        or (state = 'break' and reason is distinct from former_reason)
    )

union all

select
    state_id || '/logout' as event_id,
    agent_id,
    start_text as occurred_at,
    1 as event_seq,
    'logout' as event_type,
    null as state,
    null as reason
from told
where state = 'offline' and coalesce(former_state, 'offline') != 'offline'

union all

select
    state_id || '/left' as event_id,
    agent_id,
    cast(ended_at as varchar) as occurred_at,
    1 as event_seq,
    'logout' as event_type,
    null as state,
    null as reason
from told
where
    state != 'offline'
    and next_session_id is distinct from agent_session_id
    and next_session_id is not null
    and ended_at <= next_at

union all

-- What nothing can be made of, for the contract's checks to set aside.
select
    state_id || '/state' as event_id,
    agent_id,
    start_text as occurred_at,
    3 as event_seq,
    'state' as event_type,
    coalesce(state, state_name, 'state without a name') as state,
    reason
from {{ ref('nice_cxone_agent_states') }}
where agent_id is null or started_at is null or state is null
