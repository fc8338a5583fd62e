-- The messages of persons and bots, each in the period in which it was written. Chatwoot notes a
-- resolution and an opening some moments before or after the message that goes with it: one that
-- is outside by that little belongs to it, at that instant.
{{ config(materialized='table') }}

with periods as (
    {{ chatwoot_periods_by_instant() | indent(4) }}
),

messages as (
    select distinct
        session_id,
        message_id,
        sender_type,
        sender_id,
        origin,
        visibility,
        counted_at
    from {{ ref('chatwoot_signed_messages') }}
    where sender_type in ('customer', 'agent', 'bot') and counted_at is not null
),

in_periods as (
    select
        messages.*,
        case
            when messages.counted_at <= periods.closed_at
                then messages.counted_at
            when messages.counted_at <= periods.closed_at + {{ chatwoot_tolerance() }}
                then periods.closed_at
            when messages.counted_at >= periods.reopened_at - {{ chatwoot_tolerance() }}
                then periods.reopened_at
        end as placed_at,
        periods.closed_at
    from messages
    asof inner join periods
        on messages.session_id = periods.session_id
        and messages.counted_at >= periods.answers_from
),

openings as (
    select distinct
        session_id,
        counted_at as opened_at
    from {{ ref('chatwoot_reporting_events') }}
    where
        name in ('conversation_opened', 'conversation_bot_handoff')
        and counted_at is not null
),

-- An answer to what is still pending opens it.
next_openings as (
    select
        in_periods.message_id,
        openings.opened_at
    from in_periods
    asof inner join openings
        on in_periods.session_id = openings.session_id
        and in_periods.placed_at < openings.opened_at
    where
        in_periods.sender_type = 'agent'
        and in_periods.origin = 'human'
        and in_periods.visibility = 'public'
        and openings.opened_at <= in_periods.placed_at + {{ chatwoot_tolerance() }}
        -- What comes after the resolution opens it again.
        and openings.opened_at <= in_periods.closed_at
),

placed as (
    select
        in_periods.session_id,
        in_periods.message_id,
        in_periods.sender_type,
        in_periods.sender_id,
        in_periods.origin,
        in_periods.visibility,
        in_periods.counted_at,
        coalesce(next_openings.opened_at, in_periods.placed_at) as placed_at
    from in_periods
    left join next_openings
        on in_periods.message_id = next_openings.message_id
    where in_periods.placed_at is not null
)

select
    placed.*,
    periods.period_number
from placed
asof inner join periods
    on placed.session_id = periods.session_id
    and placed.placed_at >= periods.answers_from
