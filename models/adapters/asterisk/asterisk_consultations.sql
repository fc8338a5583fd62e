-- Calls of agents that asked in another queue before they handed a customer there: the line of
-- an attended transfer bears the id of that consultation, but queue, agent and seconds of the
-- customer's call, which that agent answered so many seconds before. What the consultation did the
-- customer did.
{{ config(materialized='table') }}

with events as (
    select
        log_lines.call_id,
        log_lines.queue_name,
        log_lines.agent_id,
        log_lines.meaning,
        log_lines.talk_seconds,
        coalesce(log_lines.occurred_at, local_times.occurred_at) as occurred_at
    from {{ ref('asterisk_lines') }} as log_lines
    left join {{ ref('asterisk_local_times') }} as local_times
        on log_lines.line_position = local_times.line_position
    where log_lines.is_usable and log_lines.meaning in ('queued', 'accepted', 'transferred')
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
