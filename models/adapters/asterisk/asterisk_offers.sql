-- Each time that a call rang at an agent, with what became of it. The log writes that at its end,
-- with how long it rang, roughly: not since before the call was queued, nor since before it had
-- last stopped ringing there.
with offers as (
    select
        call_id,
        agent_id,
        queue_name,
        occurred_at as ended_at,
        line_position,
        meaning,
        is_of_session,
        has_session,
        queued_at,
        try_cast(detail as double) / case meaning when 'accepted' then 1 else 1000 end
            as ring_seconds,
        lag(occurred_at) over (
            partition by hash(call_id, agent_id) order by occurred_at, line_position
        ) as last_ended_at,
        copy_count
    from {{ ref('asterisk_call_events') }}
    -- What agents dial rings at customers.
    where meaning in ('missed', 'withdrawn') or (meaning = 'accepted' and not is_dialled)
)

select
    call_id,
    agent_id,
    queue_name,
    greatest(
        ended_at - {{ asterisk_interval('case when ring_seconds between 0 and 1e6'
            ~ ' then ring_seconds else 0 end') }},
        queued_at,
        last_ended_at
    ) as offered_at,
    ended_at,
    line_position,
    nullif(meaning, 'accepted') as outcome,
    is_of_session,
    has_session,
    copy_count
from offers
