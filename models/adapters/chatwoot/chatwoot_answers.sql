-- The messages by which agents have a conversation: human, public, while it is open. Each with the
-- moment from which it was waited for: the first message of the customer that nobody had answered,
-- or the opening or hand-off to people, if that came later. Bots and rules answer nothing.
{{ config(materialized='table') }}

with messages as (
    select * from {{ ref('chatwoot_placed_messages') }}
    where
        sender_type = 'customer'
        or (sender_type = 'agent' and origin = 'human')
),

counted as (
    select
        *,
        count(*) filter (where sender_type = 'agent') over earlier_messages as answer_count,
        count(*) filter (where sender_type = 'customer') over earlier_messages as customer_count
    from messages
    where visibility = 'public'
    window earlier_messages as (
        partition by session_id, period_number
        order by placed_at, {{ in_order_of_id('message_id') }}
        rows between unbounded preceding and 1 preceding
    )
),

waited as (
    select
        *,
        min(placed_at) filter (where sender_type = 'customer') over (
            partition by session_id, period_number, answer_count
        ) as unanswered_at
    from counted
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

answers as (
    select
        waited.session_id,
        waited.period_number,
        waited.message_id,
        waited.sender_id as agent_id,
        waited.placed_at as answered_at,
        waited.unanswered_at,
        greatest(
            periods.opened_at,
            case
                when openings.opened_at > periods.opened_at + {{ chatwoot_tolerance() }}
                    then openings.opened_at
            end
        ) as opened_at
    from waited
    inner join {{ ref('chatwoot_open_periods') }} as periods
        on waited.session_id = periods.session_id
        and waited.period_number = periods.period_number
    inner join {{ ref('chatwoot_beginnings') }} as beginnings
        on waited.session_id = beginnings.session_id
    asof left join openings
        on waited.session_id = openings.session_id
        and waited.placed_at >= openings.opened_at
    where
        waited.sender_type = 'agent'
        -- Who writes to a customer from whom nothing has come yet answers nothing.
        and (
            waited.customer_count > 0
            or waited.period_number > 0
            or beginnings.begun_by = 'customer'
        )
)

select
    session_id,
    period_number,
    message_id,
    agent_id,
    answered_at,
    opened_at,
    -- What the customer wrote some moments before or after the opening is what opened it: the
    -- earlier of the two.
    case
        when unanswered_at > opened_at + {{ chatwoot_tolerance() }} then unanswered_at
        when unanswered_at >= opened_at - {{ chatwoot_tolerance() }}
            then least(unanswered_at, opened_at)
        when unanswered_at is not null then opened_at
    end as waited_from
from answers
