-- What a conversation went through beside its acceptances and resolutions: bots and times set
-- aside, each with the period in which it was, and its step among what happens at one instant.
{{ config(materialized='table') }}

with events as (
    select
        event_id,
        session_id,
        event_type,
        counted_at,
        reason,
        null as outcome
    from {{ ref('chatwoot_pendings') }}
    union all
    select
        event_id,
        session_id,
        event_type,
        counted_at,
        null as reason,
        outcome
    from {{ ref('chatwoot_bot_events') }}
),

periods as (
    {{ chatwoot_periods_by_instant() | indent(4) }}
)

select
    events.event_id,
    events.session_id,
    events.event_type,
    cast(events.counted_at as varchar) as occurred_at,
    case when events.event_type in ('bot_started', 'bot_ended') then 'bot' end as actor_type,
    events.reason,
    events.outcome,
    periods.period_number,
    case
        when events.event_type = 'bot_started' then 2
        when events.outcome = 'handed_off' then 3
        when events.event_type = 'unpended' then 4
        when events.event_type = 'pended' then 7
        -- The resolution itself comes next.
        else 8
    end as step
from events
asof inner join periods
    on events.session_id = periods.session_id
    and events.counted_at >= periods.answers_from
