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
