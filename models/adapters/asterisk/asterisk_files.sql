-- The files, and whether one is of the table queue_log, which has local times or parts of seconds.
select
    file_number,
    bool_or(
        local_at is not null or occurred_at != date_trunc('second', occurred_at)
    ) as is_table
from {{ ref('asterisk_log') }}
group by file_number
