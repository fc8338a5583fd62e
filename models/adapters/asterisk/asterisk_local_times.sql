-- The instants of local times. A clock that goes back shows an hour twice: the lines of that hour
-- are of its first showing until, in the order of the file, the clock has gone back.
{{ config(materialized='table') }}

with lines as (
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
    from lines
),

candidates as (
    select
        quarters.local_quarter,
        quarters.instant,
        quarters.instant + to_minutes(30 * steps.step) as candidate
    from quarters
    cross join (select unnest(range(-4, 5)) as step) as steps
),

showings as (
    select
        local_quarter,
        coalesce(min(candidate) filter (where is_shown), any_value(instant)) as first_shown_at,
        coalesce(max(candidate) filter (where is_shown), any_value(instant)) as last_shown_at
    from (
        select
            *,
            {{ local_of_utc('candidate', asterisk_time_zone()) }} = local_quarter as is_shown
        from candidates
    )
    group by local_quarter
),

lines_shown as (
    select
        lines.*,
        showings.first_shown_at,
        showings.last_shown_at,
        showings.first_shown_at <> showings.last_shown_at
        and max(lines.local_at) over (
            partition by
                lines.file_number, showings.first_shown_at <> showings.last_shown_at,
                cast(lines.local_at as date)
            order by lines.line_position
        ) > lines.local_at + interval '5 minutes' as has_gone_back
    from lines
    inner join showings
        on lines.local_quarter = showings.local_quarter
)

select
    line_position,
    local_at - local_quarter
    + case
        when bool_or(has_gone_back) over (
            partition by file_number, first_shown_at <> last_shown_at, cast(local_at as date)
            order by line_position
        ) then last_shown_at
        else first_shown_at
    end as occurred_at
from lines_shown
