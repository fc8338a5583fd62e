-- The score of a session is that of its latest satisfaction, if that is on 1 to 5.
with evaluations as (
    select * from {{ built_rows(ref('fct_evaluations')) }}
    where kind = 'csat' and scale_min = 1 and scale_max = 5
),

sessions as (
    select * from {{ built_rows(ref('fct_sessions')) }}
)

select
    evaluations.session_id,
    evaluations.score
from evaluations
left join sessions
    on evaluations.session_id = sessions.session_id
where
    sessions.score is distinct from evaluations.score
    or sessions.evaluated_agent_id is distinct from evaluations.agent_id
    or sessions.session_date is distinct from evaluations.session_date
