-- The chunk's rows of the contract tables that hang on sessions.

create or replace temp table raw_session_events as
with described as (
    select
        t.*,
        sk.skill_id,
        tsk.skill_id as to_skill_id,
        draw(t.step_key, 'who') as who_u,
        draw(t.step_key, 'event landed') as landed_u
    from steps_taken as t
    left join skills as sk on sk.skill_no = t.skill_no
    left join skills as tsk on tsk.skill_no = t.to_skill_no
    where t.event_type is not null
),

acted as (
    select
        *,
        case
            when actor_type <> 'anyone' then actor_type
            when who_u < 0.6 then 'agent'
            when who_u < 0.85 then 'customer'
            else 'system'
        end as actual_actor_type
    from described
)

select
    session_no as entity_no,
    step_no as row_no,
    concat('e', session_no, '-', step_no) as event_id,
    session_id,
    occurred_at,
    step_no::integer as event_seq,
    event_type,
    actual_actor_type as actor_type,
    case
        when actual_actor_type <> 'agent' then null
        -- Some systems don't say who lets go.
        when not is_agent_always_named and who_u < 0.15 then null
        else agent_id
    end as agent_id,
    case when event_type = 'queued' or (event_type = 'accepted' and who_u < 0.6) then skill_id end
        as skill_id,
    to_agent_id,
    to_skill_id,
    case
        when event_type = 'disposition_set'
            then pick_from(step_key, 'disposition', getvariable('dispositions'))
    end as disposition,
    landed_at(occurred_at, landed_u) as ingested_at
from acted;

create or replace temp table raw_messages as
with said as (
    select
        t.session_no,
        t.session_id,
        t.customer_id,
        t.talker_id,
        t.colleague_id,
        m.message_seq,
        m.is_tie,
        m.role,
        message_key(m.session_no, m.step_no, m.message_no) as message_key,
        t.occurred_at + to_milliseconds(m.offset_ms) as sent_at
    from spoken as m
    inner join steps_taken as t on t.session_no = m.session_no and t.step_no = m.step_no
),

drawn as (
    select
        *,
        draw(message_key, 'details') as detail_u,
        draw(message_key, 'message landed') as landed_u
    from said
    where sent_at <= getvariable('end_at')
)

select
    d.session_no as entity_no,
    d.message_seq as row_no,
    concat('m', d.session_no, '-', d.message_seq) as message_id,
    d.session_id,
    d.sent_at,
    case
        when d.detail_u < 0.02 then null
        when d.is_tie and d.detail_u < 0.6 then d.message_seq - 1
        else d.message_seq
    end::integer as message_seq,
    r.sender_type,
    case r.sender_type
        when 'customer' then d.customer_id
        when 'bot' then 'helper-bot'
        when 'agent'
            then case
                when d.detail_u > 0.98 then null
                when d.detail_u > 0.974 then d.colleague_id
                else d.talker_id
            end
    end as sender_id,
    case when r.origin <> 'human' or d.detail_u < 0.9 then r.origin end as origin,
    case when r.visibility <> 'public' or d.detail_u > 0.1 then r.visibility end as visibility,
    landed_at(d.sent_at, d.landed_u) as ingested_at
from drawn as d
inner join roles as r on r.role = d.role;

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

-- How each session stands at the extraction.
create or replace temp table outcomes as
with ends as (
    select
        session_no,
        max(occurred_at) filter (where event_type = 'closed') as last_closed_at,
        arg_max(event_type, step_no) filter (where event_type in ('closed', 'reopened'))
            as last_turn,
        arg_max(agent_id, step_no) filter (where event_type = 'accepted') as last_agent_id,
        max(colleague_id) as colleague_id
    from steps_taken
    group by session_no
)

select
    s.session_no,
    s.session_id,
    s.started_at,
    coalesce(e.last_turn = 'closed', false) as is_closed,
    e.last_closed_at,
    e.last_agent_id,
    e.colleague_id
from sessions as s
left join ends as e on e.session_no = s.session_no;

create or replace temp table raw_evaluations as
with first_ones as (
    select
        *,
        session_no * 10 + 1 as evaluation_key,
        1 as evaluation_no,
        last_closed_at + to_milliseconds(
            case
                when chance(session_no, 'evaluated late', 0.06)
                    then floor(draw(session_no, 'days later') * 345600000)::bigint
                else around_ms(draw(session_no, 'evaluated after'), 50, 0.6)
            end
        ) as submitted_at
    from outcomes
    where is_closed and last_agent_id is not null and chance(session_no, 'evaluated', 0.25)
),

both_ones as (
    select * from first_ones
    union all
    -- Some think better of it.
    select * replace (
        evaluation_key + 1 as evaluation_key,
        2 as evaluation_no,
        submitted_at + to_milliseconds(around_ms(draw(session_no, 'revised after'), 600, 0.8))
            as submitted_at
    )
    from first_ones
    where chance(session_no, 'revised', 0.05)
),

drawn as (
    select
        *,
        draw(evaluation_key, 'score') as score_u,
        draw(evaluation_key, 'names agent') as agent_u,
        draw(evaluation_key, 'evaluation landed') as landed_u
    from both_ones
    where submitted_at <= getvariable('end_at')
)

select
    session_no as entity_no,
    evaluation_no as row_no,
    concat('v', session_no, '-', evaluation_no) as evaluation_id,
    session_id,
    case when agent_u < 0.8 then last_agent_id when agent_u < 0.84 then colleague_id end
        as agent_id,
    case
        when score_u < 0.42 then 5
        when score_u < 0.72 then 4
        when score_u < 0.85 then 3
        when score_u < 0.92 then 2
        else 1
    end::integer as score,
    submitted_at,
    landed_at(submitted_at, landed_u) as ingested_at
from drawn;

create or replace temp table raw_tag_events as
with on_messages as (
    select
        m.entity_no as session_no,
        100 + m.row_no as tag_no,
        m.session_id,
        m.message_id,
        t.colleague_id,
        t.last_agent_id,
        m.sent_at + to_milliseconds(
            around_ms(draw(m.entity_no * 1000 + m.row_no, 'tag delay'), 12, 0.6)
        ) as attached_at
    from raw_messages as m
    inner join outcomes as t on t.session_no = m.entity_no
    where
        m.sender_type = 'customer'
        and chance(m.entity_no * 1000 + m.row_no, 'message tagged', 0.02)
),

on_sessions as (
    select
        session_no,
        n.tag_no,
        session_id,
        null as message_id,
        colleague_id,
        last_agent_id,
        last_closed_at + to_milliseconds(
            around_ms(draw(session_no * 10 + n.tag_no, 'tag delay'), 20, 0.6)
        ) as attached_at
    from outcomes
    cross join range(1, 3) as n (tag_no)
    where
        last_closed_at is not null
        and chance(session_no * 10 + n.tag_no, 'session tagged', if(n.tag_no = 1, 0.15, 0.05))
),

attached as (
    select
        *,
        session_no * 1000 + tag_no as tag_key,
        'attached' as tag_type,
        attached_at as changed_at,
        draw(session_no * 1000 + tag_no, 'attachment landed') as landed_u
    from (
        select * from on_messages
        union all
        select * from on_sessions
    )
),

changed as (
    select * from attached
    union all
    -- A detachment names the message, or none: then the tag leaves the whole session.
    select * replace (
        'detached' as tag_type,
        case when chance(tag_key, 'detached by message', 0.6) then message_id end as message_id,
        attached_at + to_milliseconds(around_ms(draw(tag_key, 'detached after'), 90, 0.9))
            as changed_at,
        draw(tag_key, 'detachment landed') as landed_u
    )
    from attached
    where chance(tag_key, 'detached', 0.12)
)

select
    session_no as entity_no,
    tag_no * 2 + (tag_type = 'detached')::integer as row_no,
    concat('t', session_no, '-', tag_no, if(tag_type = 'detached', 'd', 'a')) as event_id,
    session_id,
    message_id,
    case when chance(tag_key, 'tagged by', 0.9) then coalesce(last_agent_id, colleague_id) end
        as agent_id,
    pick_from(tag_key, 'tag', getvariable('tags')) as tag_name,
    tag_type as event_type,
    changed_at as occurred_at,
    landed_at(changed_at, landed_u) as ingested_at
from changed
where changed_at <= getvariable('end_at');
