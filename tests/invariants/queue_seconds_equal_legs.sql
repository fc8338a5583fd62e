-- A session's queue seconds are those of its queue legs before the first acceptance.
with sessions as (
    select * from {{ built_rows(ref('fct_sessions')) }}
),

session_legs as (
    select
        session_id,
        count(*) as leg_count,
        sum(queue_seconds) as queue_seconds
    from {{ built_rows(ref('fct_queue_legs')) }}
    where is_before_first_acceptance
    group by session_id
)

select
    sessions.session_id,
    sessions.is_accepted,
    sessions.queue_seconds,
    session_legs.leg_count,
    session_legs.queue_seconds as leg_seconds
from sessions
left join session_legs
    on sessions.session_id = session_legs.session_id
where
    case
        when session_legs.leg_count >= 1
            then (abs(sessions.queue_seconds - session_legs.queue_seconds) <= 1e-6) is not true
        when sessions.is_accepted and {{ measures_queues('sessions.feed') }}
            then sessions.queue_seconds is distinct from 0
        else sessions.queue_seconds is not null
    end
