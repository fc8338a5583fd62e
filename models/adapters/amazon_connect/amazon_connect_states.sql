-- What each agent event says, beside what was known of the agent just before it.
{{ config(materialized='table') }}

with followed as (
    select
        *,
        last_value(
            case when event_type in ('LOGIN', 'STATE_CHANGE', 'LOGOUT') then event_type end
            ignore nulls
        ) over earlier as last_change,
        max(case when event_type = 'LOGOUT' then occurred_at end) over earlier as last_logout_at,
        lead(occurred_at) over (
            partition by agent_id
            order by occurred_at, event_seq, event_id, state
        ) as next_occurred_at
    from {{ ref('amazon_connect_snapshots') }}
    window earlier as (
        partition by agent_id
        order by occurred_at, event_seq, event_id, state
        rows between unbounded preceding and 1 preceding
    )
),

-- Heartbeats go on for up to an hour after the logout, with the status from before it.
states as (
    select
        * replace (
            case
                when
                    event_type = 'HEART_BEAT'
                    and last_change = 'LOGOUT'
                    and coalesce(status_started_at <= last_logout_at, true)
                    then 'offline'
                else state
            end as state
        )
    from followed
),

known as (
    select
        *,
        last_value(state ignore nulls) over earlier as known_state,
        -- Who logs in offline comes when they leave it.
        last_value(
            case
                when event_type = 'LOGIN' and state = 'offline' then true
                when event_type in ('LOGIN', 'LOGOUT') or state != 'offline' then false
            end ignore nulls
        ) over earlier as is_login_due
    from states
    window earlier as (
        partition by agent_id
        order by occurred_at, event_seq, event_id, state
        rows between unbounded preceding and 1 preceding
    )
)

select
    event_id,
    event_type,
    event_timestamp,
    event_seq,
    agent_id,
    status_name,
    copy_count,
    occurred_at,
    state,
    known_state,
    coalesce(is_login_due, false) as is_login_due,
    -- When the agent, who is offline by now, was last there.
    last_value(
        case when known_state != 'offline' and state = 'offline' then occurred_at end ignore nulls
    ) over (
        partition by agent_id
        order by occurred_at, event_seq, event_id, state
        rows between unbounded preceding and 1 preceding
    ) as left_at,
    coalesce(next_occurred_at > occurred_at + interval 1 hour, true) as is_last_sign
from known
