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
    intervals.date_day as attached_date,
    intervals.date_day,
    {{ local_labels('tags.attached_at', 'intervals.utc_offset_minutes', 'intervals.date_day') }}
from {{ ref('tag_attachments') }} as tags
inner join {{ ref('sessions') }} as sessions
    on tags.session_key = sessions.session_key
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'tags.attached_at', 'sessions.time_zone') }}
