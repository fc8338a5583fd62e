-- Who else a session of the chunk waits for, and the part that a bot takes in it.

create or replace temp table moments as
with drawn as (
    select
        *,
        draw(step_key, 'pending') as pending_u,
        draw(step_key, 'pending length') as length_u,
        draw(step_key, 'bot') as bot_u,
        date_diff('millisecond', occurred_at, phase_end_at) as phase_ms,
        lead(event_type) over (partition by session_no order by step_no) as event_after
    from steps_taken
),

pended as (
    select
        *,
        occurred_at + to_milliseconds(floor(phase_ms * (0.2 + 0.3 * length_u))::bigint)
            as pended_at,
        occurred_at + to_milliseconds(floor(phase_ms * (0.45 + 0.5 * length_u))::bigint)
            as unpended_at
    from drawn
    where event_type = 'accepted' and phase = 'talking' and pending_u < if(can_write, 0.14, 0.03)
),

-- A few bots only write, without a word of when they begin and end.
bots as (
    select * from drawn
    where phase = 'bot' and event_type is null and bot_u < 0.9
)

select session_no, step_no, step_key, session_id, 0 as moment_no, 'pended' as event_type,
    'agent' as actor_type, agent_id,
    pick_from(step_key, 'pending reason', getvariable('pending_reasons')) as reason,
    null::varchar as outcome, step_no as event_seq, pended_at as happened_at
from pended
union all
-- Many never say that it is over: the customer writes again, or somebody closes.
select session_no, step_no, step_key, session_id, 1, 'unpended', 'agent', agent_id, null, null,
    step_no, unpended_at
from pended
where length_u < 0.6
union all
select session_no, step_no, step_key, session_id, 2, 'bot_started', 'bot', null, null, null, 0,
    occurred_at
from bots
union all
select session_no, step_no, step_key, session_id, 3, 'bot_ended', 'bot', null, null,
    case
        when event_after = 'queued' then if(bot_u < 0.85, 'handed_off', null)
        when bot_u < 0.4 then 'resolved'
        when bot_u < 0.71 then 'abandoned'
        when bot_u < 0.76 then 'failed'
    end,
    0, phase_end_at
from bots
where bot_u < 0.88;

insert into raw_session_events by name
select
    session_no as entity_no,
    5000 + step_no * 10 + moment_no as row_no,
    concat('e', session_no, '-', step_no, '-m', moment_no) as event_id,
    session_id,
    happened_at as occurred_at,
    event_seq::integer as event_seq,
    event_type,
    actor_type,
    agent_id,
    reason,
    outcome,
    landed_at(happened_at, draw(step_key * 10 + moment_no, 'moment landed')) as ingested_at
from moments
where happened_at <= getvariable('end_at');
