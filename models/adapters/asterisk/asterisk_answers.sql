-- Each answer of a call by an agent: those of a CONNECT, and those of which the line is lost.
with call_events as (
    select * from {{ ref('asterisk_call_events') }}
),

-- Who asks in another queue before handing over stays with the call until then.
handovers as (
    select
        entries.call_id,
        entries.line_position as entry_position,
        transfers.agent_id,
        transfers.occurred_at,
        transfers.line_position
    from call_events as entries
    inner join call_events as transfers
        on entries.call_id = transfers.call_id
        and entries.next_line_position = transfers.line_position
    where
        entries.meaning = 'queued'
        and transfers.meaning = 'transferred'
        and transfers.answered_at is null
)

select
    answers.call_id,
    answers.agent_id,
    answers.queue_name,
    answers.occurred_at,
    answers.line_position,
    coalesce(handovers.occurred_at, answers.next_occurred_at) as ended_at,
    coalesce(handovers.line_position, answers.next_line_position) as ended_position,
    answers.is_of_session,
    false as is_lost,
    answers.copy_count
from call_events as answers
left join handovers
    on answers.call_id = handovers.call_id
    and answers.next_line_position = handovers.entry_position
    and answers.agent_id = handovers.agent_id
where answers.meaning = 'accepted'

union all

select
    call_id,
    coalesce(agent_id, {{ asterisk_nobody() }}) as agent_id,
    queue_name,
    answered_at as occurred_at,
    line_position,
    occurred_at as ended_at,
    line_position as ended_position,
    is_of_session,
    true as is_lost,
    copy_count
from call_events
where answered_at is not null
