-- says: whoever gets a session again is counted again (agent contacts, not sessions)
-- of: sessions, agent_days
-- figures: S1, S2, A9
-- about: transfers
with again as (
    select
        *,
        unnest(range(greatest(agent_contact_count, 1))) as nth
    from counted
    where session.session_id is not null
)

select * exclude (nth) from again
