-- Logins, logouts and the state after every event that may change it.
{{ config(materialized='table') }}

with changes as (
    select
        events.agent_id,
        events.occurred_at,
        events.line_position,
        1 as step,
        events.meaning,
        events.detail,
        pauses.is_paused,
        pauses.was_paused,
        0 as busy_change,
        events.copy_count
    from {{ ref('asterisk_events') }} as events
    left join {{ ref('asterisk_pauses') }} as pauses
        on events.line_position = pauses.line_position
    where
        events.meaning in ('login', 'logout', 'paused', 'unpaused', 'joined', 'quit')
        and events.agent_id is not null
        and events.occurred_at is not null

    union all

    select
        agent_id,
        started_at as occurred_at,
        started_position as line_position,
        2 as step,
        'busy' as meaning,
        cast(null as varchar) as detail,
        cast(null as boolean) as is_paused,
        false as was_paused,
        1 as busy_change,
        copy_count
    from {{ ref('asterisk_busy_periods') }}

    union all

    select
        agent_id,
        ended_at as occurred_at,
        ended_position as line_position,
        0 as step,
        'free' as meaning,
        cast(null as varchar) as detail,
        cast(null as boolean) as is_paused,
        false as was_paused,
        -1 as busy_change,
        1 as copy_count
    from {{ ref('asterisk_busy_periods') }}
    where ended_at is not null
),

facts as (
    select
        *,
        row_number() over agent_order as event_number,
        sum(busy_change) over agent_order > 0 as is_busy,
        coalesce(last_value(is_paused ignore nulls) over agent_order, false) as is_paused_now,
        -- Who has never logged in or out is there from its first call or pause on.
        coalesce(
            last_value(
                case meaning when 'login' then true when 'logout' then false end ignore nulls
            ) over agent_order,
            bool_or(meaning = 'busy' or is_paused) over agent_order
        ) as is_there
    from changes
    window agent_order as (
        partition by agent_id order by occurred_at, line_position, step
        rows between unbounded preceding and current row
    )
),

states as (
    select
        *,
        case
            when is_busy then 'busy'
            when is_paused_now then 'break'
            when is_there then 'idle'
        end as state
    from facts
),

events as (
    select
        *,
        case
            when meaning in ('login', 'logout') then meaning
            when state is not null then 'state'
            -- Back to what it was: gone.
            when meaning = 'free' or was_paused then 'logout'
        end as event_type
    from states
),

-- What has no time, no agent or no readable seconds ends in quarantine and is seen there.
unplaced as (
    select *
    from {{ ref('asterisk_events') }}
    where
        (
            meaning in ('login', 'logout', 'paused', 'unpaused', 'joined', 'quit', 'wrapping_up')
            and (agent_id is null or occurred_at is null)
        )
        or (meaning = 'wrapping_up' and not {{ asterisk_is_wrap_up('detail') }})
),

all_events as (
    select
        agent_id || '/' || event_number as event_id,
        agent_id,
        occurred_at,
        cast(null as varchar) as reported_time,
        event_number * 2 as event_seq,
        event_type,
        case when event_type = 'state' then state end as state,
        case when meaning = 'paused' and state = 'break' then detail end as reason,
        copy_count
    from events
    where event_type is not null

    union all

    -- A login says idle, unless a state at the same instant says otherwise.
    select
        agent_id || '/' || event_number || '/state' as event_id,
        agent_id,
        occurred_at,
        cast(null as varchar) as reported_time,
        event_number * 2 + 1 as event_seq,
        'state' as event_type,
        state,
        cast(null as varchar) as reason,
        copy_count
    from events
    where event_type = 'login' and state <> 'idle'

    union all

    select
        concat_ws(
            '/', coalesce(agent_id, 'NONE'), occurred_at, reported_time, event, queue_name, call_id
        ) as event_id,
        agent_id,
        occurred_at,
        reported_time,
        0 as event_seq,
        event as event_type,
        cast(null as varchar) as state,
        detail as reason,
        copy_count
    from unplaced
)

select
    * exclude (reported_time)
    replace ({{ asterisk_reported_time('occurred_at', 'reported_time') }} as occurred_at)
from ({{ asterisk_each_copy('all_events') }})
