-- The pieces of a calendar's time follow each other without a gap, and each begins with what was
-- open before it: so the business seconds from a to c are those from a to b and from b to c.
with pieces as (
    select distinct
        calendar_id,
        is_open,
        from_at,
        until_at,
        open_microseconds_before
    from {{ ref('open_time') }}
),

ordered as (
    select
        *,
        lead(from_at) over time_of_calendar as next_from_at,
        lead(open_microseconds_before) over time_of_calendar as next_open_microseconds_before
    from pieces
    window time_of_calendar as (partition by calendar_id order by from_at)
),

spans as (
    select
        calendar_id,
        count(*) as span_count,
        sum({{ microseconds_of('closed_at') }} - {{ microseconds_of('opened_at') }})
            as open_microseconds
    from {{ ref('open_spans') }}
    group by calendar_id
),

of_pieces as (
    select
        calendar_id,
        count(*) as span_count,
        sum({{ microseconds_of('until_at') }} - {{ microseconds_of('from_at') }})
            as open_microseconds
    from pieces
    where is_open
    group by calendar_id
)

select
    calendar_id,
    from_at
from ordered
where
    next_from_at != until_at
    or next_open_microseconds_before != open_microseconds_before + case
        when is_open then {{ microseconds_of('until_at') }} - {{ microseconds_of('from_at') }}
        else 0
    end
union all
select
    coalesce(spans.calendar_id, of_pieces.calendar_id) as calendar_id,
    cast(null as timestamp) as from_at
from spans
full outer join of_pieces
    on spans.calendar_id = of_pieces.calendar_id
where
    spans.span_count is distinct from of_pieces.span_count
    or spans.open_microseconds is distinct from of_pieces.open_microseconds
