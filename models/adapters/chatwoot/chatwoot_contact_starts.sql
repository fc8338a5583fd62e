-- Who has a conversation from when, in each period: after a reopening its assignee, else the first
-- who answers, and from the moment at which the wait for a person began, so that first responses
-- are as long as customers waited.
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

handoffs as (
    select
        first_answers.session_id,
        first_answers.period_number,
        max(events.counted_at) as handed_off_at
    from first_answers
    inner join {{ ref('chatwoot_reporting_events') }} as events
        on first_answers.session_id = events.session_id
        and first_answers.answered_at >= events.counted_at
    where events.name = 'conversation_bot_handoff'
    group by first_answers.session_id, first_answers.period_number
)

select
    periods.session_id,
    periods.period_number,
    coalesce('event/' || periods.reopening_id, 'session/' || periods.session_id) || '/accepted'
        as event_id,
    coalesce(periods.assignee_id, first_answers.agent_id) as agent_id,
    case
        when periods.assignee_id is not null then periods.opened_at
        else least(
            greatest(periods.opened_at, handoffs.handed_off_at), first_answers.answered_at
        )
    end as accepted_at
from periods
left join first_answers
    on periods.session_id = first_answers.session_id
    and periods.period_number = first_answers.period_number
left join handoffs
    on periods.session_id = handoffs.session_id
    and periods.period_number = handoffs.period_number
where periods.assignee_id is not null or first_answers.agent_id is not null
