-- H1 to H4: as contact_metrics_daily counts agent contacts.
select
    contacts.*,
    contacts.accepted_at as day_at,
    session.seen_time_zone as day_zone,
    session
from marts.fct_agent_contacts as contacts
inner join sessions_at_hand as session
    on contacts.session_id = session.session_id
where list_contains($companies, contacts.company_id)
