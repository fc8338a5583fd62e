-- Logins, logouts and states. Offline is no presence: going there ends it like a logout, leaving it
-- begins it.
with states as (
    select
        *,
        event_id is null or agent_id is null or occurred_at is null as is_faulty
    from {{ ref('amazon_connect_states') }}
),

events as (
    select
        event_id,
        agent_id,
        event_timestamp as occurred_at,
        event_seq,
        lower(event_type) as event_type,
        null as state,
        null as reason,
        copy_count
    from states
    where event_type is null or event_type not in ('STATE_CHANGE', 'HEART_BEAT')

    union all

    select
        event_id || case event_type when 'LOGIN' then '/state' else '' end as event_id,
        agent_id,
        event_timestamp as occurred_at,
        case event_type when 'LOGIN' then event_seq + 1 else event_seq end as event_seq,
        case state when 'offline' then 'logout' else 'state' end as event_type,
        nullif(state, 'offline') as state,
        case when state = 'break' then status_name end as reason,
        copy_count
    from states
    where
        case
            when event_type = 'LOGIN' then state is not null
            when event_type = 'STATE_CHANGE'
                then
                    is_faulty
                    or state is distinct from 'offline'
                    or coalesce(known_state, 'offline') != 'offline'
            -- A heartbeat repeats what is known. It is of use where it differs, as an event before
            -- it was lost, or where it is the last sign of the agent for an hour.
            when event_type = 'HEART_BEAT'
                then
                    is_faulty
                    or state != coalesce(known_state, 'offline')
                    or (state != 'offline' and is_last_sign)
        end
),

copies as (
    select
        *,
        unnest(range(copy_count)) as copy_number
    from events
)

-- What came twice is a duplicate, which the contract's checks count.
select * exclude (copy_count, copy_number)
from copies
