-- One row a reporting event, its time read: happened_at is NULL where it can't be, counted_at also
-- where the contract refuses it, so that it decides nothing here either.
{{ config(materialized='table') }}

with events as (
    select
        name,
        conversation_id as session_id,
        user_id as agent_id,
        id as event_number,
        coalesce(id, concat_ws('/', conversation_id, name, event_end_time, created_at)) as event_id,
        -- Events of old versions have no end.
        {{ chatwoot_time('coalesce(event_end_time, created_at)') }} as occurred_at
    from {{ source('raw_chatwoot', 'reporting_events') }}
),

timed as (
    select
        *,
        {{ utc_timestamp('occurred_at') }} as happened_at
    from events
)

select
    timed.*,
    {{ chatwoot_counted('timed.happened_at', 'conversations.started_at') }} as counted_at
from timed
left join {{ ref('chatwoot_conversations') }} as conversations
    on timed.session_id = conversations.session_id
