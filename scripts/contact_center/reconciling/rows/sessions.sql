-- S1 to S9, H5: as session_analysis_daily and session_metrics_daily count them.
select
    session.*,
    session.first_skill_id as skill_id,
    session.started_at as day_at,
    session.seen_time_zone as day_zone,
    session
from sessions_at_hand as session
where list_contains($companies, session.company_id)
