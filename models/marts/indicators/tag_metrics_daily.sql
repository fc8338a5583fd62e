{{ config(
    materialized='incremental', meta={'touched_by': ['fct_tag_attachments'], 'day': 'date_day'}
) }}

select
    company_id,
    attached_date as date_day,
    tag_name,
    count(*) as tag_count,
    count(distinct session_id) as tagged_session_count
from {{ of_touched_days(ref('fct_tag_attachments'), ['fct_tag_attachments'], 'attached_date') }}
where is_digital
group by company_id, attached_date, tag_name
