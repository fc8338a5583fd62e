-- Every resolution, and every opening that follows one: Chatwoot writes conversation_opened also
-- where a conversation was pending or snoozed before, and that reopens nothing. A period is what
-- lies between two reopenings; the first is number 0.
{{ config(materialized='table') }}

with changes as (
    select
        *,
        lag(name) over changes_in_order as former_name
    from {{ ref('chatwoot_reporting_events') }}
    where
        name in ('conversation_resolved', 'conversation_opened')
        and counted_at is not null
    window changes_in_order as (
        partition by session_id
        order by counted_at, {{ in_order_of_id('event_number') }}, event_id
    )
)

select
    event_id,
    event_number,
    session_id,
    case name when 'conversation_resolved' then 'closed' else 'reopened' end as event_type,
    agent_id,
    occurred_at,
    counted_at,
    count(*) filter (where name = 'conversation_opened') over (
        partition by session_id
        order by counted_at, {{ in_order_of_id('event_number') }}, event_id
    ) as period_number
from changes
where name = 'conversation_resolved' or former_name = 'conversation_resolved'
