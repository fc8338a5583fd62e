-- Who resolved: what the note in the thread says, else the bot. Chatwoot itself writes the assignee
-- to each resolution, whoever it was, so that stands only where no note is there at all.
{{ config(materialized='table') }}

with bot_resolutions as (
    select distinct
        session_id,
        counted_at
    from {{ ref('chatwoot_reporting_events') }}
    where name = 'conversation_bot_resolved' and counted_at is not null
)

-- A row of an export that is there twice is one.
select distinct
    events.session_id,
    'event/' || events.event_id as event_id,
    coalesce(
        notes.actor_type,
        case
            when bot_resolutions.session_id is not null then 'bot'
            when notes.session_id is null and events.agent_id is not null then 'agent'
        end
    ) as actor_type,
    coalesce(
        notes.agent_id,
        case
            when bot_resolutions.session_id is null and notes.session_id is null
                then events.agent_id
        end
    ) as agent_id
from {{ ref('chatwoot_status_events') }} as events
left join {{ ref('chatwoot_resolution_notes') }} as notes
    on events.session_id = notes.session_id
    and events.event_id = notes.event_id
left join bot_resolutions
    on events.session_id = bot_resolutions.session_id
    and events.counted_at = bot_resolutions.counted_at
where events.name = 'conversation_resolved'
