-- Which customers are asked, and what those say who are asked something else than whether they are
-- satisfied: whether they would recommend the company, and how easy it was.

create or replace temp table raw_survey_requests as
with asked as (
    select
        o.*,
        k.kind,
        k.kind_no,
        o.last_closed_at + interval 300 millisecond as sent_at
    from outcomes as o
    cross join (values ('csat', 1), ('nps', 2), ('ces', 3)) as k (kind, kind_no)
    where
        o.is_closed
        and o.last_agent_id is not null
        and case k.kind
            when 'csat' then chance(o.session_no, 'asked', 0.4)
                or o.session_no in (select entity_no from raw_evaluations where request_id <> '')
            when 'nps' then chance(o.session_no, 'asked to recommend', 0.25)
            else chance(o.session_no, 'asked for the effort', 0.15)
        end
)

select
    session_no as entity_no,
    kind_no as row_no,
    request_id_of(session_no, kind) as request_id,
    session_id,
    last_agent_id as agent_id,
    if(kind = 'csat', null, kind) as kind,
    sent_at,
    landed_at(sent_at, draw(session_no * 10 + kind_no, 'request landed')) as ingested_at
from asked
where sent_at <= getvariable('end_at');

insert into raw_evaluations by name
with drawn as (
    select
        *,
        draw(entity_no * 10 + row_no, 'other score') as score_u,
        sent_at + to_milliseconds(around_ms(draw(entity_no * 10 + row_no, 'other answer'), 90, 0.7))
            as submitted_at,
        -- One company asks for the effort on a scale of its own.
        kind = 'ces' and session_id in (
            select session_id from sessions where company_no = 3
        ) as is_short
    from raw_survey_requests
    where kind is not null and chance(entity_no * 10 + row_no, 'answers', 0.4)
)

select
    entity_no,
    10 + row_no as row_no,
    concat('v', entity_no, '-', kind) as evaluation_id,
    session_id,
    agent_id,
    case
        when kind = 'nps' then case
            when score_u < 0.34 then 10
            when score_u < 0.5 then 9
            when score_u < 0.68 then 8
            when score_u < 0.78 then 7
            else floor((score_u - 0.78) / 0.22 * 7)
        end
        when is_short then 5 - floor(score_u * score_u * 5)
        else 7 - floor(score_u * score_u * 7)
    end::integer as score,
    submitted_at,
    kind,
    if(is_short, 1, null)::integer as scale_min,
    if(is_short, 5, null)::integer as scale_max,
    request_id,
    landed_at(submitted_at, draw(entity_no * 10 + row_no, 'other answer landed')) as ingested_at
from drawn
where submitted_at <= getvariable('end_at');
