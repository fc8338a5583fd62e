-- N20: what is counted of each tag and day are the attachments that stand, and their sessions.
with tag_days as (
    select * from {{ built_rows(ref('tag_metrics_daily')) }}
),

attachments as (
    select
        company_id,
        attached_date as date_day,
        tag_name,
        count(attachment_id) as attachment_count,
        count(distinct session_id) as session_count
    from {{ built_rows(ref('fct_tag_attachments'), ['fct_tag_attachments'], 'attached_date') }}
    where is_digital
    group by company_id, attached_date, tag_name
)

select
    coalesce(tag_days.company_id, attachments.company_id) as company_id,
    coalesce(tag_days.date_day, attachments.date_day) as date_day,
    coalesce(tag_days.tag_name, attachments.tag_name) as tag_name,
    tag_days.tag_count,
    attachments.attachment_count,
    tag_days.tagged_session_count,
    attachments.session_count
from tag_days
full join attachments
    on tag_days.company_id = attachments.company_id
    and tag_days.date_day = attachments.date_day
    and tag_days.tag_name = attachments.tag_name
where
    tag_days.tag_count is distinct from attachments.attachment_count
    or tag_days.tagged_session_count is distinct from attachments.session_count
