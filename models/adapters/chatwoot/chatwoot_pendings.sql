-- When each conversation was set aside, and when it was taken up again. Only Chatwoot's note in the
-- thread tells the first; the opening, or another note, tells the second. What ends by a resolution
-- or the customer's message needs no event.
{{ config(materialized='table') }}

with notes as (
    select
        notes.message_id,
        notes.session_id,
        notes.meaning,
        {{ chatwoot_counted('notes.written_at', 'conversations.started_at') }} as counted_at
    from {{ ref('chatwoot_notes') }} as notes
    inner join {{ ref('chatwoot_conversations') }} as conversations
        on notes.session_id = conversations.session_id
),

-- A row of an export that is there twice is one.
pendings as (
    select distinct
        'message/' || message_id || '/pended' as event_id,
        session_id,
        meaning as reason,
        counted_at
    from notes
    where meaning in ('pending', 'snoozed') and counted_at is not null
),

openings as (
    select
        'event/' || event_id || '/unpended' as event_id,
        session_id,
        counted_at
    from {{ ref('chatwoot_reporting_events') }}
    where name = 'conversation_opened' and counted_at is not null
    union
    select
        'message/' || message_id || '/unpended' as event_id,
        session_id,
        counted_at
    from notes
    where meaning = 'opened' and counted_at is not null
),

-- The first opening after each, which may end several.
endings as (
    select
        openings.event_id,
        openings.session_id,
        openings.counted_at
    from pendings
    asof inner join openings
        on pendings.session_id = openings.session_id
        and pendings.counted_at < openings.counted_at
)

select
    event_id,
    session_id,
    'pended' as event_type,
    reason,
    counted_at
from pendings
union all
select distinct
    event_id,
    session_id,
    'unpended' as event_type,
    null as reason,
    counted_at
from endings
