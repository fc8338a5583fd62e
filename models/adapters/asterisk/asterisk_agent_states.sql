-- The state of each agent after every event that may change it; NULL is not there.
{{ config(materialized='table') }}

with changes as (
    select
        events.agent_id,
        events.occurred_at,
        events.line_position,
        1 as step,
        events.line_position * 4 + 1 as event_number,
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
        events.is_usable
        and events.meaning in {{ asterisk_agent_meanings() }}
        and events.meaning != 'wrapping_up'

    union all

    select
        agent_id,
        started_at as occurred_at,
        started_position as line_position,
        2 as step,
        started_position * 4 + 2 as event_number,
        'busy' as meaning,
        cast(null as varchar) as detail,
        cast(null as boolean) as is_paused,
        cast(null as boolean) as was_paused,
        1 as busy_change,
        copy_count
    from {{ ref('asterisk_busy_periods') }}

    union all

    select
        agent_id,
        ended_at as occurred_at,
        ended_position as line_position,
        0 as step,
        started_position * 4 as event_number,
        case when is_cut then 'cut' else 'free' end as meaning,
        cast(null as varchar) as detail,
        cast(null as boolean) as is_paused,
        cast(null as boolean) as was_paused,
        -1 as busy_change,
        1 as copy_count
    from {{ ref('asterisk_busy_periods') }}
    where ended_at is not null
),

facts as (
    select
        * exclude (busy_change),
        sum(busy_change) over agent_order as busy_count,
        coalesce(last_value(is_paused ignore nulls) over agent_order, false) as is_on_break,
        -- Who has neither logged in nor out is there from the first call or pause on.
        coalesce(
            last_value(
                case meaning when 'login' then true when 'logout' then false end ignore nulls
            ) over agent_order,
            bool_or(meaning = 'busy' or is_paused) over agent_order
        ) as is_there
    from changes
    -- Several calls without an end are over at the same place: neither outlasts the other.
    window agent_order as (
        partition by agent_id order by occurred_at, line_position, step
        range between unbounded preceding and current row
    )
)

select
    agent_id,
    occurred_at,
    line_position,
    step,
    event_number,
    meaning,
    was_paused,
    case
        when busy_count > 0 then 'busy'
        when is_on_break then 'break'
        when is_there then 'idle'
    end as state,
    case when meaning in ('paused', 'paused_in_all') then detail end as reason,
    copy_count
from facts
-- A call that begins or ends during another one changes nothing.
where not ((meaning = 'busy' and busy_count > 1) or (meaning = 'free' and busy_count > 0))
