-- Every event of the log once, at its instant. copy_count: how many lines say it.
select
    lines.line_position,
    coalesce(lines.occurred_at, local_times.occurred_at) as occurred_at,
    lines.reported_time,
    lines.call_id,
    lines.queue_name,
    lines.agent_id,
    lines.meaning,
    lines.other_event,
    lines.detail,
    lines.is_usable,
    coalesce(copies.copy_count, 1) as copy_count
from {{ ref('asterisk_lines') }} as lines
left join {{ ref('asterisk_copies') }} as copies
    on lines.line_position = copies.line_position
left join {{ ref('asterisk_local_times') }} as local_times
    on lines.line_position = local_times.line_position
where copies.line_position is null or copies.line_position = copies.first_position
