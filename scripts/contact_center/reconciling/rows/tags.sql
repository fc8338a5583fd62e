-- N20: as tag_metrics_daily counts attachments.
select
    tags.*,
    session.channel_id,
    tags.attached_at as day_at,
    session.seen_time_zone as day_zone,
    session
from marts.fct_tag_attachments as tags
inner join sessions_at_hand as session
    on tags.session_id = session.session_id
where tags.is_digital and list_contains($companies, tags.company_id)
