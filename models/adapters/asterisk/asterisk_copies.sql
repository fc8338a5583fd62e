-- The lines that stand there several times, with the one of them that counts. Rotated files
-- overlap: the n-th line of its kind of one file is the n-th of another. Within a file a line of a
-- call that repeats says nothing new, but an agent may pause, unpause and pause in one second.
{{ config(materialized='table') }}

with log_lines as (
    select
        line_position,
        file_number,
        meaning in {{ asterisk_agent_meanings() }} as is_repeatable,
        hash(
            occurred_at, local_at, reported_time, call_id, queue_name, agent_id, meaning,
            other_event, detail
        ) as line_content
    from {{ ref('asterisk_lines') }}
),

repeated_contents as (
    select line_content
    from log_lines
    group by line_content
    having count(*) > 1
),

repeated_lines as (
    select
        log_lines.*,
        case
            when log_lines.is_repeatable
                then row_number() over (
                    partition by log_lines.line_content, log_lines.file_number
                    order by log_lines.line_position
                )
            else 1
        end as occurrence
    from log_lines
    inner join repeated_contents
        on log_lines.line_content = repeated_contents.line_content
)

select
    line_position,
    min(line_position) over same_line as first_position,
    count(*) over same_line as copy_count
from repeated_lines
window same_line as (partition by line_content, occurrence)
