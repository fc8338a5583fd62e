-- Resolutions and openings as Chatwoot wrote them, in their order, each with what comes next.
{{ config(materialized='table') }}

select
    event_id,
    session_id,
    name,
    agent_id,
    occurred_at,
    counted_at,
    row_number() over events_in_order as event_position,
    lead(name) over events_in_order as next_name,
    lead(event_id) over events_in_order as next_event_id,
    lead(agent_id) over events_in_order as next_agent_id,
    lead(counted_at) over events_in_order as next_at
from {{ ref('chatwoot_reporting_events') }}
where name in ('conversation_resolved', 'conversation_opened') and counted_at is not null
window events_in_order as (
    partition by session_id
    order by counted_at, {{ in_order_of_id('event_number') }}, event_id
)
