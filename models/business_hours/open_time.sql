-- All time of each calendar in pieces that are open or closed as a whole, each once for every UTC
-- date that it touches, so that an instant finds its piece by equality on its date.
with spans as (
    select * from {{ ref('open_spans') }}
),

reaches as (
    select
        calendar_id,
        min(starts_at) as first_at,
        max(ends_at) as last_at
    from {{ ref('calendar_spans') }}
    group by calendar_id
),

ends as (
    select
        calendar_id,
        closed_at,
        open_microseconds_after
    from spans
    union all
    select
        calendar_id,
        first_at as closed_at,
        0 as open_microseconds_after
    from reaches
),

closings as (
    select
        ends.calendar_id,
        ends.closed_at as from_at,
        ends.open_microseconds_after as open_microseconds_before,
        coalesce(min(spans.opened_at), min(reaches.last_at)) as until_at
    from ends
    inner join reaches
        on ends.calendar_id = reaches.calendar_id
    left join spans
        on ends.calendar_id = spans.calendar_id
        and ends.open_microseconds_after = spans.open_microseconds_before
    group by ends.calendar_id, ends.closed_at, ends.open_microseconds_after
),

pieces as (
    select
        calendar_id,
        true as is_open,
        opened_at as from_at,
        closed_at as until_at,
        open_microseconds_before
    from spans
    union all
    select
        calendar_id,
        false as is_open,
        from_at,
        until_at,
        open_microseconds_before
    from closings
    where from_at < until_at
)

select
    calendar_id,
    {{ each_day(
        'cast(from_at as date)', "cast(until_at - interval '1 microsecond' as date)"
    ) }} as utc_date,
    is_open,
    from_at,
    until_at,
    open_microseconds_before
from pieces
