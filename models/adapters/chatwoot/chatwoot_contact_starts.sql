-- Who has a conversation from when, in each period: the first who answers, from when that answer
-- was waited for; and whom a reopening or, without an answer, an assignment names, from when it
-- came to people.
{{ config(materialized='table') }}

with periods as (
    select * from {{ ref('chatwoot_open_periods') }}
),

first_answers as (
    select *
    from {{ ref('chatwoot_answers') }}
    qualify row_number() over (
        partition by session_id, period_number
        order by answered_at, {{ in_order_of_id('message_id') }}
    ) = 1
),

last_openings as (
    select
        periods.session_id,
        periods.period_number,
        max(events.counted_at) as opened_at
    from periods
    inner join {{ ref('chatwoot_reporting_events') }} as events
        on periods.session_id = events.session_id
        and events.counted_at between periods.opened_at and periods.closed_at
    where events.name in ('conversation_opened', 'conversation_bot_handoff')
    group by periods.session_id, periods.period_number
),

first_customer_messages as (
    select
        session_id,
        period_number,
        min(placed_at) as placed_at
    from {{ ref('chatwoot_placed_messages') }}
    where sender_type = 'customer' and visibility = 'public'
    group by session_id, period_number
),

bot_resolutions as (
    select distinct
        session_id,
        counted_at
    from {{ ref('chatwoot_reporting_events') }}
    where name = 'conversation_bot_resolved'
),

starts as (
    select
        periods.session_id,
        periods.period_number,
        coalesce(periods.reopening_id, 'session/' || periods.session_id) || '/accepted' as event_id,
        case
            when first_answers.session_id is null then periods.assignee_id
            else coalesce(
                periods.opened_for_agent_id,
                first_answers.agent_id,
                periods.assignee_id,
                'unknown/' || conversations.account_id
            )
        end as agent_id,
        case
            -- Assigned, and nobody answered.
            when first_answers.session_id is null
                then greatest(
                    periods.opened_at,
                    case
                        when
                            last_openings.opened_at
                            > periods.opened_at + {{ chatwoot_tolerance() }}
                            then last_openings.opened_at
                    end,
                    case
                        when beginnings.begun_by != 'customer'
                            then first_customer_messages.placed_at
                    end
                )
            -- Opened for one, answered by another.
            when periods.opened_for_agent_id != first_answers.agent_id
                then first_answers.opened_at
            else coalesce(first_answers.waited_from, first_answers.opened_at)
        end as waited_from,
        first_answers.answered_at,
        first_answers.session_id is not null as is_answered,
        -- Nobody's: a bot has it, or had it to its end, or nothing has come from the customer yet.
        bot_resolutions.session_id is not null
        or (
            last_openings.session_id is null
            and (periods.is_pending or periods.is_with_bot)
        )
        or (
            periods.period_number = 0
            and beginnings.begun_by != 'customer'
            and first_customer_messages.session_id is null
        ) as is_nobodys
    from periods
    inner join {{ ref('chatwoot_conversations') }} as conversations
        on periods.session_id = conversations.session_id
    inner join {{ ref('chatwoot_beginnings') }} as beginnings
        on periods.session_id = beginnings.session_id
    left join first_answers
        on periods.session_id = first_answers.session_id
        and periods.period_number = first_answers.period_number
    left join last_openings
        on periods.session_id = last_openings.session_id
        and periods.period_number = last_openings.period_number
    left join first_customer_messages
        on periods.session_id = first_customer_messages.session_id
        and periods.period_number = first_customer_messages.period_number
    left join bot_resolutions
        on periods.session_id = bot_resolutions.session_id
        and periods.closed_at = bot_resolutions.counted_at
)

select
    session_id,
    period_number,
    event_id,
    agent_id,
    case
        when is_answered then least(waited_from, answered_at)
        else waited_from
    end as accepted_at
from starts
where is_answered or (agent_id is not null and not is_nobodys)
