-- Gives every session its agents, those of slots 1 and 2: on shift at their first acceptance,
-- mostly members of the skill. How many sessions an agent has at a time is not modelled.
create or replace temp table session_agents as
with first_acceptances as (
    select
        session_no,
        agent_slot,
        company_no,
        min(skill_no) as skill_no,
        date_trunc('hour', min(occurred_at)) as utc_hour
    from timeline
    where event_type = 'accepted' and occurred_at <= getvariable('end_at')
    group by session_no, agent_slot, company_no
),

wanted as (
    select
        a.session_no,
        a.agent_slot,
        a.company_no,
        case
            when chance(step_key(a.session_no, a.agent_slot), 'member', 0.85) then a.skill_no
            else 0
        end as skill_no,
        case
            when hour(h.local_hour) >= 6 and hour(h.local_hour) < 14 then 'early'
            when hour(h.local_hour) >= 14 and hour(h.local_hour) < 22 then 'late'
            else 'night'
        end as shift,
        -- A night belongs to the day on which it began.
        (h.local_hour - interval 6 hour)::date as shift_date,
        draw(step_key(a.session_no, a.agent_slot), 'agent') as agent_u
    from first_acceptances as a
    inner join company_hours as h on h.company_no = a.company_no and h.utc_hour = a.utc_hour
),

chosen as (
    select
        w.session_no,
        w.agent_slot,
        c.agent_count,
        coalesce(
            m.agent_no, e.agent_no, 1 + floor(w.agent_u * c.agent_count)::bigint
        ) as agent_no,
        w.company_no
    from wanted as w
    inner join companies as c on c.company_no = w.company_no
    left join pool_sizes as ms
        on
            ms.company_no = w.company_no and ms.shift_date = w.shift_date
            and ms.shift = w.shift and ms.skill_no = w.skill_no
    left join pools as m
        on
            m.company_no = w.company_no and m.shift_date = w.shift_date
            and m.shift = w.shift and m.skill_no = w.skill_no
            and m.position = 1 + floor(w.agent_u * ms.pool_size)::bigint
    left join pool_sizes as es
        on
            es.company_no = w.company_no and es.shift_date = w.shift_date
            and es.shift = w.shift and es.skill_no = 0
    left join pools as e
        on
            e.company_no = w.company_no and e.shift_date = w.shift_date
            and e.shift = w.shift and e.skill_no = 0
            and e.position = 1 + floor(w.agent_u * es.pool_size)::bigint
),

paired as (
    select
        session_no,
        company_no,
        agent_count,
        coalesce(
            max(agent_no) filter (where agent_slot = 1), max(agent_no)
        ) as agent_1_no,
        max(agent_no) filter (where agent_slot = 2) as second_no
    from chosen
    group by session_no, company_no, agent_count
),

told_apart as (
    select
        session_no,
        company_no,
        agent_count,
        agent_1_no,
        -- The other agent is somebody else.
        case when second_no = agent_1_no then 1 + agent_1_no % agent_count else second_no end
            as agent_2_no,
        1 + (agent_1_no + 1) % agent_count as colleague_no
    from paired
)

select
    t.session_no,
    a1.agent_id as agent_1_id,
    a2.agent_id as agent_2_id,
    co.agent_id as colleague_id
from told_apart as t
inner join agents as a1 on a1.company_no = t.company_no and a1.agent_no = t.agent_1_no
left join agents as a2 on a2.company_no = t.company_no and a2.agent_no = t.agent_2_no
inner join agents as co on co.company_no = t.company_no and co.agent_no = t.colleague_no;

-- The steps up to the moment of the extraction, with their people.
create or replace temp table steps_taken as
select
    t.*,
    case t.agent_slot when 1 then g.agent_1_id when 2 then g.agent_2_id end as agent_id,
    case t.to_agent_slot when 1 then g.agent_1_id when 2 then g.agent_2_id end as to_agent_id,
    case coalesce(t.to_agent_slot, t.agent_slot)
        when 1 then g.agent_1_id when 2 then g.agent_2_id
    end as talker_id,
    g.colleague_id
from timeline as t
left join session_agents as g on g.session_no = t.session_no
where t.occurred_at <= getvariable('end_at');
