-- When each conversation was open: from its start or a reopening to the next resolution.
{{ config(materialized='table') }}

with conversations as (
    select * from {{ ref('chatwoot_conversations') }}
),

changes as (
    select * from {{ ref('chatwoot_status_changes') }}
),

first_periods as (
    select
        conversations.session_id,
        0 as period_number,
        null as reopening_id,
        null as assignee_id,
        conversations.started_at as opened_at,
        -- A message may bear a time shortly before its session's.
        timestamp '-infinity' as answers_from
    from conversations
),

later_periods as (
    select
        changes.session_id,
        changes.period_number,
        changes.event_id as reopening_id,
        coalesce(changes.agent_id, conversations.assignee_id) as assignee_id,
        changes.counted_at as opened_at,
        changes.counted_at as answers_from
    from changes
    inner join conversations
        on changes.session_id = conversations.session_id
    where changes.event_type = 'reopened'
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
        min(counted_at) as closed_at
    from changes
    where event_type = 'closed'
    group by session_id, period_number
)

select
    periods.*,
    coalesce(closings.closed_at, timestamp 'infinity') as closed_at
from periods
left join closings
    on periods.session_id = closings.session_id
    and periods.period_number = closings.period_number
