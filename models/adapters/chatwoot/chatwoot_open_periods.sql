-- When each conversation was open: from its start or a reopening to the next resolution; and whose
-- it was, if nobody answered: of whom the opening tells, else the resolution, else the
-- conversation, as far as it is the last period.
{{ config(materialized='table') }}

with conversations as (
    select * from {{ ref('chatwoot_conversations') }}
),

changes as (
    select * from {{ ref('chatwoot_status_changes') }}
),

first_periods as (
    select
        session_id,
        0 as period_number,
        null as reopening_id,
        null as opened_for_agent_id,
        false as is_pending,
        started_at as opened_at,
        -- A message may bear a time shortly before its session's.
        timestamp '-infinity' as answers_from
    from conversations
),

later_periods as (
    select
        session_id,
        period_number,
        event_id as reopening_id,
        agent_id as opened_for_agent_id,
        is_pending,
        counted_at as opened_at,
        counted_at as answers_from
    from changes
    where event_type = 'reopened'
),

periods as (
    select * from first_periods
    union all
    select * from later_periods
),

closings as (
    select
        session_id,
        period_number,
        min(counted_at) as closed_at,
        arg_min(agent_id, event_position) as agent_id
    from changes
    where event_type = 'closed'
    group by session_id, period_number
)

select
    periods.*,
    coalesce(closings.closed_at, timestamp 'infinity') as closed_at,
    lead(periods.opened_at) over periods_in_order as reopened_at,
    coalesce(
        periods.opened_for_agent_id,
        closings.agent_id,
        case
            when
                closings.session_id is null
                and lead(periods.opened_at) over periods_in_order is null
                then conversations.assignee_id
        end
    ) as assignee_id,
    closings.session_id is null and coalesce(conversations.status = '2', false) as is_with_bot
from periods
inner join conversations
    on periods.session_id = conversations.session_id
left join closings
    on periods.session_id = closings.session_id
    and periods.period_number = closings.period_number
window periods_in_order as (
    partition by periods.session_id
    order by periods.period_number
)
