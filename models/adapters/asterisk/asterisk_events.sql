-- Every event of the log once, at its instant. copy_count: how many lines say it.
select
    log_lines.line_position,
    log_lines.occurred_at,
    log_lines.reported_time,
    coalesce(consultations.call_id, log_lines.call_id) as call_id,
    log_lines.queue_name,
    log_lines.agent_id,
    log_lines.meaning,
    log_lines.other_event,
    log_lines.detail,
    log_lines.wait_seconds,
    log_lines.talk_seconds,
    log_lines.is_usable,
    coalesce(copies.copy_count, 1) as copy_count
from {{ ref('asterisk_timed_lines') }} as log_lines
left join {{ ref('asterisk_copies') }} as copies
    on log_lines.line_position = copies.line_position
left join {{ ref('asterisk_consultations') }} as consultations
    on log_lines.call_id = consultations.consultation_id
where copies.line_position is null or copies.line_position = copies.first_position
