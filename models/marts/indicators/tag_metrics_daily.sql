select
    company_id,
    attached_date as date_day,
    tag_name,
    count(*) as tag_count,
    count(distinct session_id) as tagged_session_count
from {{ ref('fct_tag_attachments') }}
where is_digital
group by company_id, attached_date, tag_name
