-- The state of each agent after every event that may change it; NULL is not there.
{{ config(materialized='table') }}

with lines as (
    select
        agent_id,
        occurred_at,
        line_position,
        meaning,
        detail,
        presence,
        is_made,
        copy_count
    from {{ ref('asterisk_agent_lines') }}
    where meaning != 'wrapping_up' and not is_made

    union all

    -- Asterisk may forget several memberships of an agent at once.
    select distinct
        agent_id,
        occurred_at,
        line_position,
        meaning,
        detail,
        presence,
        is_made,
        copy_count
    from {{ ref('asterisk_agent_lines') }}
    where is_made
),

-- A busy period that ends where it begins is left out.
busy_periods as (
    select *
    from {{ ref('asterisk_busy_periods') }}
    where (started_at, started_position) is distinct from (ended_at, ended_position)
),

changes as (
    select
        lines.*,
        1 as step,
        lines.line_position * 4 + 1 as event_number,
        pauses.is_paused,
        pauses.was_paused,
        0 as busy_change
    from lines
    left join {{ ref('asterisk_pauses') }} as pauses
        on lines.agent_id = pauses.agent_id
        and lines.line_position = pauses.line_position
    -- Where Asterisk forgets a pause that was over already, nothing changes.
    where pauses.was_paused or not (lines.is_made and lines.meaning = 'unpaused_in_all')

    union all by name

    select
        agent_id,
        started_at as occurred_at,
        started_position as line_position,
        2 as step,
        started_position * 4 + 2 as event_number,
        'busy' as meaning,
        1 as busy_change,
        copy_count
    from busy_periods

    union all by name

    select
        agent_id,
        ended_at as occurred_at,
        ended_position as line_position,
        0 as step,
        started_position * 4 as event_number,
        case when is_cut then 'cut' else 'free' end as meaning,
        -1 as busy_change,
        1 as copy_count
    from busy_periods
    where ended_at is not null
),

facts as (
    select
        * exclude (busy_change),
        sum(busy_change) over agent_order as busy_count,
        coalesce(last_value(is_paused ignore nulls) over agent_order, false) as is_on_break,
        -- Why, which a line may have said while the agent was still in a call.
        last_value(
            case
                when meaning in ('paused', 'paused_in_all') then coalesce(detail, '')
                when not is_paused then ''
            end ignore nulls
        ) over agent_order as pause_reason,
        -- Who neither comes nor goes is there from the first call or pause on.
        coalesce(
            last_value(presence ignore nulls) over agent_order = 'in',
            bool_or(meaning = 'busy' or is_paused) over agent_order
        ) as is_there
    from changes
    -- Several calls without an end are over at the same place. The frame takes them together, so
    -- that none outlasts another.
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
    presence,
    was_paused,
    case
        when busy_count > 0 then 'busy'
        when is_on_break then 'break'
        when is_there then 'idle'
    end as state,
    case
        when meaning in ('paused', 'paused_in_all') then detail
        when busy_count = 0 and is_on_break then nullif(pause_reason, '')
    end as reason,
    coalesce(is_made, false) as is_made,
    copy_count
from facts
-- A call that begins or ends during another one changes nothing.
where
    line_position >= 0
    and not ((meaning = 'busy' and busy_count > 1) or (meaning = 'free' and busy_count > 0))
