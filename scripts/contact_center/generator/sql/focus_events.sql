-- When the chunk's sessions are in front of their agents: some looks within each contact. An
-- agent's sessions overlap, so that one focus often ends another session's.

create or replace temp table raw_focus_events as
with contacts as (
    select
        *,
        1 + least(floor(-ln(1 - draw(step_key, 'looks')) * 0.8)::bigint, 6) as look_count,
        date_diff('millisecond', occurred_at, phase_end_at) as contact_ms
    from steps_taken
    where
        event_type = 'accepted'
        and can_write
        and not chance(step_key, 'never looked at', 0.03)
),

looks as (
    select
        *,
        unnest(range(1, look_count + 1)) as look_no
    from contacts
),

timed as (
    select
        *,
        step_key * 10 + look_no as look_key,
        occurred_at + to_milliseconds(floor(
            contact_ms * (look_no - 1 + 0.3 * draw(step_key * 10 + look_no, 'look')) / look_count
        )::bigint) as focused_at,
        -- Nobody stares at an e-mail for hours.
        to_milliseconds(floor(least(
            contact_ms / look_count * (0.2 + 0.5 * draw(step_key * 10 + look_no, 'look length')),
            900000 * draw(step_key * 10 + look_no, 'look length')
        ))::bigint) as looked_for
    from looks
),

both_ends as (
    select
        *,
        'focus' as focus_type,
        focused_at as changed_at,
        draw(look_key, 'focus landed') as landed_u
    from timed
    union all
    select
        *,
        'blur' as focus_type,
        focused_at + looked_for as changed_at,
        draw(look_key, 'blur landed') as landed_u
    from timed
    where not chance(look_key, 'blur lost', 0.04)
)

select
    session_no as entity_no,
    (step_no * 10 + look_no) * 2 + (focus_type = 'blur')::integer as row_no,
    concat('f', session_no, '-', step_no, look_no, if(focus_type = 'blur', 'b', 'f')) as event_id,
    session_id,
    agent_id,
    changed_at as occurred_at,
    focus_type as event_type,
    landed_at(changed_at, landed_u) as ingested_at
from both_ends
where changed_at <= getvariable('end_at');
