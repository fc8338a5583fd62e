-- Logins, logouts and the state after every event that may change it.
with states as not materialized (
    select
        *,
        -- What Asterisk forgot is of several agents in one line.
        case when is_made then agent_id end as made_for,
        case
            when presence = 'in' then 'login'
            when presence = 'out' then 'logout'
            -- The logout at that very moment says all.
            when meaning = 'cut' then null
            when state is not null then 'state'
            -- Back to what it was before a call or pause: gone.
            when meaning = 'free' or was_paused then 'logout'
        end as event_type
    from {{ ref('asterisk_agent_states') }}
),

all_events as not materialized (
    select
        event_number,
        made_for,
        agent_id,
        occurred_at,
        cast(null as varchar) as reported_time,
        line_position * 4 + step as event_seq,
        event_type,
        case when event_type = 'state' then state end as state,
        case when event_type = 'state' and state = 'break' then reason end as reason,
        copy_count
    from states
    where event_type is not null

    union all

    -- A login means idle unless a state at the same instant says otherwise.
    select
        event_number + 2 as event_number,
        made_for,
        agent_id,
        occurred_at,
        cast(null as varchar) as reported_time,
        line_position * 4 + 3 as event_seq,
        'state' as event_type,
        state,
        case when state = 'break' then reason end as reason,
        copy_count
    from states
    where event_type = 'login' and state != 'idle'

    union all

    -- What has no time, no agent or no readable seconds ends in quarantine and is seen there.
    select
        line_position * 4 + 3 as event_number,
        cast(null as varchar) as made_for,
        agent_id,
        occurred_at,
        reported_time,
        line_position * 4 + 3 as event_seq,
        meaning as event_type,
        cast(null as varchar) as state,
        detail as reason,
        copy_count
    from {{ ref('asterisk_events') }}
    where not is_usable and meaning in {{ asterisk_agent_meanings() }}
),

each_copy as (
    {{ asterisk_each_copy('all_events') | indent(4) }}
)

select
    -- Short: it is the number of the line, and of the event that is made of it.
    event_number || coalesce('/' || made_for, '') as event_id,
    agent_id,
    {{ reported_time('asterisk_log', said_as='reported_time') }} as occurred_at,
    event_seq,
    event_type,
    state,
    reason
from each_copy
