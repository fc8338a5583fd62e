{{ config(materialized='incremental', meta={'rebuilt_by': ['fct_tag_attachments']}) }}

select
    company_id,
    attached_date as date_day,
    tag_name,
    count(*) as tag_count,
    count(distinct session_id) as tagged_session_count
from {{ ref('fct_tag_attachments') }}
where
    is_digital
    {{ on_touched_days(['fct_tag_attachments'], 'attached_date', 'and') }}
group by company_id, attached_date, tag_name
