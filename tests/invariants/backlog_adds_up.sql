-- In each row of backlog_daily what was open, came and went is what is open; which is divided once
-- by who has it and once by its age.
select *
from {{ built_rows(ref('backlog_daily')) }}
where
    open_at_start_count + started_count + reopened_count + moved_in_count - moved_out_count
    - closed_count - expired_count != open_at_end_count
    or with_agent_count + waiting_in_queue_count + with_nobody_count != open_at_end_count
    or (
        {%- for name in open_ages() %}
        open_{{ name }}_count +
        {%- endfor %} open_over_30_days_count
    ) != open_at_end_count
    or awaiting_agent_count > open_at_end_count
    or oldest_open_age_seconds > open_age_seconds
    or (oldest_open_age_seconds is null) != (open_at_end_count = 0)
    or open_at_start_count + started_count + reopened_count + moved_in_count = 0
