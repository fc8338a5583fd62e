-- The instants of local times. A clock that goes back shows an hour twice: the lines of that hour
-- are of its first showing until, in the order of the file, the clock has gone back.
{{ config(materialized='table') }}

with log_lines as (
    select
        line_position,
        file_number,
        local_at,
        time_bucket(interval '15 minutes', local_at) as local_quarter
    from {{ ref('asterisk_lines') }}
    where local_at is not null
),

-- Few quarters of an hour bear all lines, and a zone's shift changes only between them.
quarters as (
    select distinct
        local_quarter,
        {{ utc_of_local('local_quarter', asterisk_time_zone()) }} as instant
    from log_lines
),

steps as (
    select unnest(range(-4, 5)) as step
),

candidates as (
    select
        quarters.local_quarter,
        quarters.instant,
        quarters.instant + to_minutes(30 * steps.step) as candidate
    from quarters
    cross join steps
),

clocks as (
    select
        *,
        {{ local_of_utc('candidate', asterisk_time_zone()) }} = local_quarter as is_shown
    from candidates
),

showings as (
    select
        local_quarter,
        coalesce(min(candidate) filter (where is_shown), any_value(instant)) as first_shown_at,
        coalesce(max(candidate) filter (where is_shown), any_value(instant)) as last_shown_at
    from clocks
    group by local_quarter
),

lines_shown as (
    select
        log_lines.*,
        showings.first_shown_at,
        showings.last_shown_at,
        showings.first_shown_at != showings.last_shown_at
        and max(log_lines.local_at) over (
            partition by
                log_lines.file_number, showings.first_shown_at != showings.last_shown_at,
                cast(log_lines.local_at as date)
            order by log_lines.line_position
        ) > log_lines.local_at + interval '5 minutes' as has_gone_back
    from log_lines
    inner join showings
        on log_lines.local_quarter = showings.local_quarter
)

select
    line_position,
    local_at - local_quarter
    + case
        when bool_or(has_gone_back) over (
            partition by file_number, first_shown_at != last_shown_at, cast(local_at as date)
            order by line_position
        ) then last_shown_at
        else first_shown_at
    end as occurred_at
from lines_shown
