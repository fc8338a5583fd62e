{{ config(
    materialized='incremental',
    meta={'touched_by': 'session_id', 'day': 'attached_date', 'touches': 'days'},
) }}

select
    tags.attachment_id,
    sessions.session_id,
    sessions.company_id,
    tags.message_id,
    tags.agent_id,
    tags.tag_name,
    sessions.is_digital,
    tags.attached_at,
    local_days.date_day as attached_date
from {{ ref('tag_attachments') }} as tags
inner join {{ ref('sessions') }} as sessions
    on tags.session_key = sessions.session_key
left join {{ ref('local_days') }} as local_days
    on {{ in_local_day('local_days', 'tags.attached_at', 'sessions.time_zone') }}
