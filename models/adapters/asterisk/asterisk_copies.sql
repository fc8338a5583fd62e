-- The lines that stand there several times, with the one of them that counts. Rotated files overlap:
-- the n-th line of its kind of one file is the n-th of another. Within a file a line of a call that
-- repeats says nothing new, while an agent may well pause, unpause and pause in one second.
{{ config(materialized='table') }}

with lines as (
    select
        line_position,
        file_number,
        meaning in {{ asterisk_agent_meanings() }} as is_repeatable,
        hash(
            occurred_at, local_at, reported_time, call_id, queue_name, agent_id, meaning,
            other_event, detail
        ) as content
    from {{ ref('asterisk_lines') }}
),

repeated_contents as (
    select content
    from lines
    group by content
    having count(*) > 1
),

repeated_lines as (
    select
        lines.*,
        case
            when lines.is_repeatable
                then row_number() over (
                    partition by lines.content, lines.file_number order by lines.line_position
                )
            else 1
        end as occurrence
    from lines
    inner join repeated_contents
        on lines.content = repeated_contents.content
)

select
    line_position,
    min(line_position) over same_line as first_position,
    count(*) over same_line as copy_count
from repeated_lines
window same_line as (partition by content, occurrence)
