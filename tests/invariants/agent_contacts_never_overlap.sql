-- The agent contacts of a session are numbered 1 to n, and none lasts into the next. Whole sessions
-- are looked at: a build may make only some of the contacts of a session anew.
with contacts as (
    select
        session_id,
        agent_contact_id,
        agent_id,
        contact_number,
        is_ended,
        accepted_at,
        ended_at,
        contact_seconds,
        row_number() over session_order as expected_number,
        lead(accepted_at) over session_order as next_accepted_at
    from {{ built_rows(ref('fct_agent_contacts'), 'session_id') }}
    window session_order as (partition by session_id order by contact_number)
)

select *
from contacts
where
    contact_number != expected_number
    or ended_at < accepted_at
    or coalesce(ended_at, {{ end_of_time() }}) > next_accepted_at
    or is_ended != (ended_at is not null)
    or abs({{ seconds_between('accepted_at', 'ended_at') }} - contact_seconds) > 1e-6
