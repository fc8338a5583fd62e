-- What happens around the chunk's agent contacts, beside the courses that content.py tells: offers
-- before, holds within, wrap-ups after, and overflows between queues.

create or replace temp table happenings as
with ordered as (
    select
        *,
        lag(event_type) over session_steps as event_before,
        lag(occurred_at) over session_steps as before_at,
        date_diff('millisecond', lag(occurred_at) over session_steps, occurred_at) as waited_ms,
        date_diff('millisecond', occurred_at, phase_end_at) as phase_ms
    from steps_taken
    where event_type in (
        'queued', 'accepted', 'transferred', 'released', 'closed', 'disposition_set'
    )
    window session_steps as (partition by session_no order by step_no)
),

drawn as (
    select
        *,
        draw(step_key, 'offers') as offer_u,
        draw(step_key, 'ring') as ring_u,
        draw(step_key, 'hold') as hold_u,
        draw(step_key, 'hold length') as hold_length_u,
        draw(step_key, 'wrap-up') as wrap_up_u,
        draw(step_key, 'wrap-up course') as course_u,
        draw(step_key, 'wrap-up length') as wrap_up_length_u
    from ordered
),

-- An agent takes what rings, mostly the first time. Without a queue nothing rings.
rung as (
    select
        *,
        occurred_at - to_milliseconds(least(waited_ms // 2, around_ms(ring_u, 7, 0.5)))
            as offered_at,
        before_at + to_milliseconds(waited_ms // 20) as first_offered_at,
        before_at + to_milliseconds(
            waited_ms // 20 + least(waited_ms * 2 // 5, around_ms(1 - ring_u, 14, 0.4))
        ) as first_offer_ended_at
    from drawn
    where event_type = 'accepted' and event_before in ('queued', 'transferred')
),

held as (
    select
        *,
        occurred_at + to_milliseconds(floor(phase_ms * (0.1 + 0.3 * hold_length_u))::bigint)
            as held_at,
        occurred_at + to_milliseconds(
            floor(phase_ms * (0.1 + 0.3 * hold_length_u))::bigint
            + least(phase_ms * 2 // 5, around_ms(hold_u / if(can_write, 0.02, 0.18), 35, 0.6))
        ) as resumed_at
    from drawn
    where event_type = 'accepted' and hold_u < if(can_write, 0.02, 0.18)
),

-- Some begin to write before the contact is over; some systems tell of one end only.
wrapped_up as (
    select
        *,
        case
            when course_u < 0.1 then occurred_at - to_milliseconds(waited_ms // 10)
            else occurred_at + to_milliseconds(floor(3000 * course_u)::bigint)
        end as started_at,
        occurred_at + to_milliseconds(
            3000 + least(around_ms(wrap_up_length_u, if(can_write, 25, 45), 0.5), 2400000)
        ) as ended_at
    from drawn
    where
        event_type in ('transferred', 'released', 'closed')
        and agent_id is not null
        and wrap_up_u < if(can_write, 0.5, 0.9)
)

select session_no, step_no, step_key, session_id, 0 as happening_no, 'offered' as event_type,
    'system' as actor_type, agent_id, skill_no, null::varchar as reason, null::varchar as outcome,
    step_no - 1 as event_seq, offered_at as happened_at
from rung
union all
-- It rang at somebody else first, or twice at the same agent.
select session_no, step_no, step_key, session_id, 1, 'offered', 'system',
    if(offer_u < 0.13, colleague_id, agent_id), null, null, null, step_no - 1, first_offered_at
from rung
where event_before = 'queued' and offer_u < 0.15
union all
select session_no, step_no, step_key, session_id, 2, 'offer_ended',
    if(offer_u < 0.05, 'agent', 'system'), colleague_id, null, null,
    if(offer_u < 0.05, 'declined', 'missed'), step_no - 1, first_offer_ended_at
from rung
where event_before = 'queued' and offer_u < 0.13
union all
-- It rings at two at a time: who is slower gets nothing.
select session_no, step_no, step_key, session_id, 3, 'offered', 'system', colleague_id, null, null,
    null, step_no - 1, offered_at
from rung
where offer_u > 0.96
union all
select session_no, step_no, step_key, session_id, 4, 'held', 'agent',
    if(hold_length_u < 0.9, agent_id, null), null, null, null, step_no, held_at
from held
union all
-- Who hangs up on hold ends it.
select session_no, step_no, step_key, session_id, 5, 'resumed', 'agent',
    if(hold_length_u < 0.9, agent_id, null), null, null, null, step_no, resumed_at
from held
where hold_length_u > 0.06
union all
select session_no, step_no, step_key, session_id, 6, 'wrap_up_started', 'agent',
    if(wrap_up_length_u < 0.9 or event_type <> 'closed', agent_id, null), null, null, null,
    step_no, started_at
from wrapped_up
where course_u < 0.94
union all
select session_no, step_no, step_key, session_id, 7, 'wrap_up_ended', 'agent',
    if(wrap_up_length_u < 0.9 or event_type <> 'closed', agent_id, null), null, null, null,
    step_no, ended_at
from wrapped_up
where course_u < 0.91 or course_u > 0.94
union all
-- Taken out of one queue and put into the next.
select session_no, step_no, step_key, session_id, 8, 'dequeued', 'system', null, null, 'overflow',
    null, step_no - 1, occurred_at
from drawn
where event_type = 'queued' and event_before = 'queued' and offer_u < 0.4;

insert into raw_session_events by name
select
    h.session_no as entity_no,
    1000 + h.step_no * 10 + h.happening_no as row_no,
    concat('e', h.session_no, '-', h.step_no, '-', h.happening_no) as event_id,
    h.session_id,
    h.happened_at as occurred_at,
    h.event_seq::integer as event_seq,
    h.event_type,
    h.actor_type,
    h.agent_id,
    sk.skill_id,
    h.reason,
    h.outcome,
    landed_at(h.happened_at, draw(h.step_key * 10 + h.happening_no, 'happening landed'))
        as ingested_at
from happenings as h
left join skills as sk on sk.skill_no = h.skill_no
where h.happened_at <= getvariable('end_at');
