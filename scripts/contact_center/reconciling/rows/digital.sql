-- N1 to N19: what digital_activities holds (agent contacts, closes), with the instants that it leaves
-- out.
with contacts as (
    select
        contacts.*,
        session.seen_time_zone as day_zone,
        session
    from marts.fct_agent_contacts as contacts
    inner join sessions_at_hand as session
        on contacts.session_id = session.session_id
    where
        (contacts.is_digital or contacts.is_voice)
        and list_contains($companies, contacts.company_id)
),

accepted as (
    select
        *,
        accepted_at as day_at,
        true as is_acceptance
    from contacts
),

closed as (
    select
        closes.*,
        contacts.company_id,
        contacts.agent_id,
        contacts.skill_id,
        contacts.channel_id,
        contacts.is_digital,
        contacts.is_voice,
        contacts.is_messages_measured,
        contacts.is_focus_measured,
        contacts.day_zone,
        contacts.session,
        closes.closed_at as day_at,
        closes.closed_at as ended_at,
        false as is_acceptance,
        true as is_close
    from marts.fct_session_closes as closes
    inner join contacts
        on closes.agent_contact_id = contacts.agent_contact_id
    where contacts.is_digital
)

select * from accepted
union all by name
select * from closed
