-- Calls of agents that asked in another queue before they handed a customer there: the line of
-- an attended transfer bears the id of that consultation, but queue, agent and seconds of the
-- customer's call, which that agent answered so many seconds before. What the consultation did the
-- customer did.
{{ config(materialized='table') }}

with events as (
    select
        call_id,
        queue_name,
        agent_id,
        meaning,
        talk_seconds,
        occurred_at
    from {{ ref('asterisk_timed_lines') }}
    where is_usable and meaning in ('queued', 'accepted', 'transferred')
),

-- Calls that no agent answered, and that wait in another queue than the one they are handed from.
handovers as (
    select transfers.*
    from events as transfers
    inner join events as entries
        on transfers.call_id = entries.call_id
        and transfers.queue_name != entries.queue_name
    where
        transfers.meaning = 'transferred'
        and entries.meaning = 'queued'
        and transfers.call_id not in (
            select answered.call_id from events as answered
            where answered.meaning = 'accepted' and answered.call_id is not null
        )
)

select
    handovers.call_id as consultation_id,
    -- The answer whose seconds fit best, for the log has whole ones.
    min_by(
        answers.call_id,
        (
            abs(epoch(handovers.occurred_at - answers.occurred_at) - handovers.talk_seconds),
            answers.call_id
        )
    ) as call_id
from handovers
inner join events as answers
    on handovers.agent_id = answers.agent_id
    and handovers.queue_name = answers.queue_name
    and handovers.occurred_at >= answers.occurred_at
where
    answers.meaning = 'accepted'
    and abs(epoch(handovers.occurred_at - answers.occurred_at) - handovers.talk_seconds) <= 1
group by handovers.call_id
