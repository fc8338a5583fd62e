-- What the log says of each agent, and what follows from it: who comes and goes (`presence`), and
-- what Asterisk has forgotten when it comes up again (`is_made`): logins, memberships, and the
-- pauses of agents who do neither.
{{ config(materialized='table') }}

with lines as (
    select
        agent_id,
        queue_name,
        occurred_at,
        line_position,
        meaning,
        -- PAUSEREASON says later why the agent is paused; the first one of a pause counts.
        case
            when meaning not in ('paused', 'paused_in_all') then detail
            else coalesce(detail, nullif(first_value(
                case
                    when meaning = 'pause_explained' then detail
                    when meaning in ('unpaused', 'unpaused_in_all', 'login', 'logout') then ''
                end ignore nulls
            ) over (
                partition by agent_id order by occurred_at, line_position
                rows between 1 following and unbounded following
            ), ''))
        end as detail,
        call_id,
        copy_count
    from {{ ref('asterisk_events') }}
    where is_usable and meaning in {{ asterisk_agent_meanings() }}
    qualify meaning != 'pause_explained'
),

logins as (
    select
        agent_id,
        occurred_at,
        meaning,
        lead(meaning, 1, 'login') over agent_order as next_meaning,
        lead(occurred_at, 1, 'infinity') over agent_order as next_occurred_at
    from lines
    where meaning in ('login', 'logout')
    window agent_order as (partition by agent_id order by occurred_at, line_position)
),

-- A login isn't forgotten where a logout follows: that agent was logged in all the time.
forgotten_logins as (
    select
        logins.agent_id,
        restarts.occurred_at,
        restarts.line_position
    from logins
    asof inner join {{ ref('asterisk_restarts') }} as restarts
        on logins.occurred_at < restarts.occurred_at
    where
        logins.meaning = 'login'
        and logins.next_meaning = 'login'
        and restarts.occurred_at <= logins.next_occurred_at
),

forgotten_pauses as (
    select distinct
        pauses.agent_id,
        restarts.occurred_at,
        restarts.line_position
    from lines as pauses
    asof inner join {{ ref('asterisk_restarts') }} as restarts
        on pauses.occurred_at < restarts.occurred_at
    where
        pauses.meaning in ('paused', 'paused_in_all')
        and pauses.agent_id not in (select logins.agent_id from logins)
        and pauses.agent_id not in (
            select memberships.agent_id from {{ ref('asterisk_memberships') }} as memberships
        )
),

-- Who leaves their last queue leaves; a queue that Asterisk forgot is left.
ends as (
    select
        agent_id,
        cast(null as varchar) as queue_name,
        occurred_at,
        line_position,
        'left' as meaning,
        presence
    from {{ ref('asterisk_shifts') }}
    where is_made and presence = 'out'

    union all

    select
        memberships.agent_id,
        memberships.queue_name,
        memberships.occurred_at,
        memberships.line_position,
        memberships.meaning,
        null as presence
    from {{ ref('asterisk_memberships') }} as memberships
    anti join {{ ref('asterisk_shifts') }} as shifts
        on memberships.agent_id = shifts.agent_id
        and memberships.line_position = shifts.line_position
    where memberships.is_made and memberships.line_position >= 0

    union all

    select
        agent_id,
        null as queue_name,
        occurred_at,
        line_position,
        'logout' as meaning,
        'out' as presence
    from forgotten_logins

    union all

    select
        agent_id,
        null as queue_name,
        occurred_at,
        line_position,
        'unpaused_in_all' as meaning,
        null as presence
    from forgotten_pauses
)

select
    lines.agent_id,
    lines.queue_name,
    lines.occurred_at,
    lines.line_position,
    case when shifts.presence = 'out' then 'left' else lines.meaning end as meaning,
    lines.detail,
    lines.call_id,
    case lines.meaning when 'login' then 'in' when 'logout' then 'out' else shifts.presence end
        as presence,
    lines.copy_count,
    false as is_made
from lines
left join {{ ref('asterisk_shifts') }} as shifts
    on lines.agent_id = shifts.agent_id
    and lines.line_position = shifts.line_position

union all by name

select
    *,
    1 as copy_count,
    true as is_made
from ends
