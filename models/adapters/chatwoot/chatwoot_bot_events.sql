-- When a bot had each conversation. In an inbox with a bot a conversation that the customer begins
-- begins with the bot; so does one that a bot hands over or resolves before anybody else did.
{{ config(materialized='table') }}

with conversations as (
    select * from {{ ref('chatwoot_conversations') }}
),

ends as (
    select distinct
        events.event_id,
        events.session_id,
        case events.name
            when 'conversation_bot_handoff' then 'handed_off' else 'resolved'
        end as outcome,
        events.counted_at,
        events.counted_at <= periods.closed_at as is_of_first_period
    from {{ ref('chatwoot_reporting_events') }} as events
    inner join {{ ref('chatwoot_open_periods') }} as periods
        on events.session_id = periods.session_id
        and periods.period_number = 0
    where
        events.name in ('conversation_bot_handoff', 'conversation_bot_resolved')
        and events.counted_at is not null
),

of_a_bot_first as (
    select distinct session_id
    from ends
    where is_of_first_period
),

bots as (
    select
        inbox_id,
        created_at
    from {{ source('raw_chatwoot', 'agent_bot_inboxes') }}
    where coalesce(status, '0') = '0'
    union all
    select
        inbox_id,
        created_at
    from {{ source('raw_chatwoot', 'captain_inboxes') }}
),

bot_inboxes as (
    select
        inbox_id,
        min({{ utc_timestamp(chatwoot_time('created_at')) }}) as since
    from bots
    group by inbox_id
)

select
    conversations.session_id || '/bot_started' as event_id,
    conversations.session_id,
    'bot_started' as event_type,
    null as outcome,
    conversations.started_at as counted_at
from conversations
left join bot_inboxes
    on conversations.inbox_id = bot_inboxes.inbox_id
left join {{ ref('chatwoot_beginnings') }} as beginnings
    on conversations.session_id = beginnings.session_id
left join of_a_bot_first
    on conversations.session_id = of_a_bot_first.session_id
where
    of_a_bot_first.session_id is not null
    or (bot_inboxes.since <= conversations.started_at and beginnings.begun_by = 'customer')
union all
select
    'event/' || event_id || '/bot_ended' as event_id,
    session_id,
    'bot_ended' as event_type,
    outcome,
    counted_at
from ends
