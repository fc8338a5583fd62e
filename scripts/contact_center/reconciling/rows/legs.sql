-- Q1 to Q9: as queue_metrics_daily counts queue legs. One that goes on has no seconds there.
select
    legs.*,
    legs.queued_date as date_day,
    legs.queued_at as day_at,
    session.seen_time_zone as day_zone,
    session
from intermediate.queue_leg_facts as legs
inner join sessions_at_hand as session
    on legs.session_id = session.session_id
where list_contains($companies, legs.company_id)
