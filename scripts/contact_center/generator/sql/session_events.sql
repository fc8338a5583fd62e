-- What happens in the chunk's sessions.

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
        * replace (
            -- Not everybody who leaves a queue has given up.
            if(event_type = 'abandoned' and who_u < 0.3, 'dequeued', event_type) as event_type
        ),
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
    case
        when event_type = 'dequeued'
            then pick_from(step_key, 'reason', getvariable('dequeue_reasons'))
    end as reason,
    null::varchar as outcome,
    null::varchar as team_id,
    landed_at(occurred_at, landed_u) as ingested_at
from acted;
