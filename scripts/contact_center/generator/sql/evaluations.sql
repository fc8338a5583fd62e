-- What customers think of a quarter of the closed sessions.

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
    null::varchar as kind,
    null::integer as scale_min,
    null::integer as scale_max,
    case when chance(session_no, 'was asked', 0.9) then request_id_of(session_no, 'csat') end
        as request_id,
    landed_at(submitted_at, landed_u) as ingested_at
from drawn;
