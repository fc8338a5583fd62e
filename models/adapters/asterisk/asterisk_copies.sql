-- The lines that stand there several times, with the one of them that counts. Rotated files
-- overlap: the n-th line of its kind of one file is the n-th of another. Within a file a line of a
-- call that repeats says nothing new, but an agent may pause, unpause and pause in one second.
-- Asterisk writes whole seconds into its file and reads the clock once more for its table: there
-- the same line is up to a second apart.
{{ config(materialized='table', post_hook='{{ report_asterisk_times() }}') }}

with log_lines as (
    select
        log_rows.line_position,
        log_rows.file_number,
        log_rows.occurred_at,
        coalesce(log_rows.meaning in {{ asterisk_agent_meanings() }}, false) as is_repeatable,
        {{ asterisk_line_content() }} as line_content
    from {{ ref('asterisk_timed_lines') }} as log_rows
),

kinds as (
    select count(distinct is_table) > 1 as are_both
    from {{ ref('asterisk_files') }}
),

compared as (
    select
        log_lines.*,
        date_trunc('second', log_lines.occurred_at) as second_at,
        case
            when kinds.are_both then log_lines.line_content
            else hash(log_lines.line_content, log_lines.occurred_at)
        end as compared_content
    from log_lines
    cross join kinds
),

repeated_contents as (
    select compared_content
    from compared
    group by compared_content
    having count(*) > 1
),

stepped as (
    select
        compared.*,
        coalesce(
            compared.second_at - lag(compared.second_at) over content_order > interval 1 second,
            false
        ) as is_later
    from compared
    inner join repeated_contents
        on compared.compared_content = repeated_contents.compared_content
    window content_order as (
        partition by compared.compared_content
        order by compared.second_at, compared.line_position
    )
),

moments as (
    select
        *,
        count_if(is_later) over (
            partition by compared_content order by second_at, line_position
        ) as moment_number
    from stepped
),

repeated_lines as (
    select
        *,
        case
            when is_repeatable
                then row_number() over (
                    partition by compared_content, moment_number, file_number
                    order by line_position
                )
            else 1
        end as occurrence
    from moments
),

counted as (
    select
        line_position,
        min(line_position) over same_line as first_position,
        count(*) over same_line as copy_count
    from repeated_lines
    window same_line as (partition by compared_content, moment_number, occurrence)
)

select *
from counted
where copy_count > 1
