-- Gives every step of the chunk its instant.

create or replace temp table timeline as
with spans as (
    select
        t.*,
        t.tail_ms + coalesce(m.spoken_ms, 0) as phase_ms
    from steps as t
    left join (
        select session_no, step_no, max(offset_ms) as spoken_ms
        from spoken
        group by session_no, step_no
    ) as m on m.session_no = t.session_no and m.step_no = t.step_no
),

summed as (
    select
        *,
        sum(phase_ms) over (partition by session_no order by step_no) - phase_ms as offset_ms
    from spans
)

select
    m.session_no,
    m.step_no,
    m.event_type,
    m.actor_type,
    m.agent_slot,
    m.skill_slot,
    m.to_agent_slot,
    m.to_skill_slot,
    m.is_agent_always_named,
    m.phase,
    m.can_write,
    m.step_key,
    s.session_id,
    s.company_no,
    case m.skill_slot when 1 then s.skill_1_no when 2 then s.skill_2_no end as skill_no,
    case m.to_skill_slot when 1 then s.skill_1_no when 2 then s.skill_2_no end as to_skill_no,
    s.customer_id,
    s.started_at + to_milliseconds(m.offset_ms::bigint) as occurred_at,
    s.started_at + to_milliseconds((m.offset_ms + m.phase_ms)::bigint) as phase_end_at
from summed as m
inner join sessions as s on s.session_no = m.session_no;
