-- When which agent took the conversation over: at each start, and at each answer by another agent
-- than the one who has it. The other agent has it from when the customer began to wait for that
-- answer or, where nobody waited, from the answer itself.
{{ config(materialized='table') }}

with starts as (
    select * from {{ ref('chatwoot_contact_starts') }}
),

-- An answer without a known sender belongs to the agent who has the conversation.
answers as (
    select
        answers.*,
        starts.accepted_at as started_at,
        lag(answers.answered_at) over answers_in_order as answered_before_at,
        coalesce(
            lag(answers.agent_id ignore nulls) over answers_in_order, starts.agent_id
        ) as agent_before
    from {{ ref('chatwoot_answers') }} as answers
    inner join starts
        on answers.session_id = starts.session_id
        and answers.period_number = starts.period_number
    window answers_in_order as (
        partition by answers.session_id, answers.period_number
        order by answers.answered_at, {{ in_order_of_id('answers.message_id') }}
    )
)

select
    event_id,
    session_id,
    period_number,
    null as message_id,
    agent_id,
    accepted_at
from starts
union all
select
    'message/' || message_id || '/accepted' as event_id,
    session_id,
    period_number,
    message_id,
    agent_id,
    -- Not before the last answer of the agent before.
    greatest(coalesce(waited_from, answered_at), started_at, answered_before_at) as accepted_at
from answers
where agent_id != agent_before
