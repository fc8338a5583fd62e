-- Logins, logouts and states. Offline is no presence: going there ends it like a logout, leaving it
-- begins it.
{%- set zone = text_literal(var('reporting_time_zone')) %}

with states as (
    select
        *,
        event_id is null or agent_id is null or occurred_at is null as is_faulty,
        known_state = 'offline'
        and coalesce(
            cast({{ local_of_utc('left_at', zone) }} as date)
            != cast({{ local_of_utc('occurred_at', zone) }} as date),
            true
        ) as is_away_all_day
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
    where
        case
            -- Who logs in offline isn't there yet; who logs out on a day without having been there
            -- has left before.
            when event_type = 'LOGIN' then is_faulty or state is distinct from 'offline'
            when event_type = 'LOGOUT' then is_faulty or is_away_all_day is not true
            else event_type is null or event_type not in ('STATE_CHANGE', 'HEART_BEAT')
        end

    union all

    select
        event_id || '/login' as event_id,
        agent_id,
        event_timestamp as occurred_at,
        1 as event_seq,
        'login' as event_type,
        null as state,
        null as reason,
        copy_count
    from states
    where
        is_login_due
        and not is_faulty
        and event_type in ('STATE_CHANGE', 'HEART_BEAT')
        and state != 'offline'

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
            when event_type = 'LOGIN' then state != 'offline'
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
