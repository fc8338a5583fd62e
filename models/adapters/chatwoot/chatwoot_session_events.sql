-- Acceptances, resolutions, reopenings, bots and times set aside in their order, and what can't be
-- used, as it came, for the contract's checks to find.
{{ config(materialized='table') }}

with changes as (
    select
        changes.event_id,
        changes.session_id,
        changes.event_type,
        changes.occurred_at,
        changes.period_number,
        closings.actor_type,
        closings.agent_id
    from {{ ref('chatwoot_status_changes') }} as changes
    left join {{ ref('chatwoot_closings') }} as closings
        on changes.session_id = closings.session_id
        and changes.event_id = closings.event_id
        and changes.event_type = 'closed'
),

acceptances as (
    select
        acceptances.*,
        conversations.inbox_id,
        conversations.team_id
    from {{ ref('chatwoot_acceptances') }} as acceptances
    inner join {{ ref('chatwoot_conversations') }} as conversations
        on acceptances.session_id = conversations.session_id
),

unusable_events as (
    select
        event_id,
        session_id,
        occurred_at,
        case name
            when 'conversation_resolved' then 'closed'
            when 'conversation_opened' then 'reopened'
            else coalesce(name, 'no name')
        end as event_type
    from {{ ref('chatwoot_reporting_events') }}
    where
        (name in ('conversation_resolved', 'conversation_opened') and counted_at is null)
        or (name = 'conversation_bot_handoff' and happened_at is null)
        or coalesce(name, '') not in (
            'conversation_resolved', 'conversation_opened', 'conversation_bot_handoff',
            -- Measurements, and what Chatwoot writes beside one of the former.
            'first_response', 'reply_time', 'conversation_bot_resolved',
            'conversation_captain_inference_resolved', 'conversation_captain_inference_handoff',
            'captain_conversation_resolved', 'captain_conversation_handoff'
        )
),

session_events as (
    select
        event_id,
        session_id,
        occurred_at,
        event_type,
        actor_type,
        agent_id,
        null as skill_id,
        null as team_id,
        null as message_id,
        period_number,
        case event_type when 'reopened' then 1 else 9 end as step
    from changes
    union all
    select
        event_id,
        session_id,
        cast(accepted_at as varchar) as occurred_at,
        'accepted' as event_type,
        'agent' as actor_type,
        agent_id,
        inbox_id as skill_id,
        team_id,
        message_id,
        period_number,
        case when message_id is null then 5 else 6 end as step
    from acceptances
    union all by name
    select * from {{ ref('chatwoot_care_events') }}
    union all by name
    select
        * replace ('event/' || event_id as event_id),
        10 as step
    from unusable_events
)

select
    * exclude (message_id, period_number, step),
    dense_rank() over (
        partition by session_id
        order by period_number, step, {{ in_order_of_id('message_id') }}, event_id
    ) as event_seq
from session_events
