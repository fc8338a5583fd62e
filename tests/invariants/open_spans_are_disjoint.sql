-- The open spans of a calendar have a length and neither overlap nor touch, and what was open
-- before each is the sum of the others before it.
with ordered as (
    select
        *,
        lag(closed_at) over spans as previous_closed_at,
        lag(open_microseconds_after, 1, 0) over spans as open_microseconds_by_then
    from {{ ref('open_spans') }}
    window spans as (partition by calendar_id order by opened_at)
)

select
    calendar_id,
    opened_at,
    closed_at
from ordered
where
    opened_at >= closed_at
    or opened_at <= previous_closed_at
    or open_microseconds_before != open_microseconds_by_then
    or open_microseconds_after != open_microseconds_before
    + {{ microseconds_of('closed_at') }} - {{ microseconds_of('opened_at') }}
