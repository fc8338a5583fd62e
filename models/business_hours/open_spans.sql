with data_span as (
    select as_of + {{ calendar_horizon() }} as horizon_at
    from {{ ref('data_span') }}
),

-- From the first local day of the data, into which those of the night before run, to the horizon.
reaches as (
    select
        calendar_id,
        min(starts_at) as first_at
    from {{ ref('calendar_spans') }}
    where is_in_data
    group by calendar_id
),

clipped as (
    select
        spans.calendar_id,
        greatest(spans.opened_at, reaches.first_at) as opened_at,
        least(spans.closed_at, data_span.horizon_at) as closed_at
    from {{ ref('calendar_spans') }} as spans
    inner join reaches
        on spans.calendar_id = reaches.calendar_id
    cross join data_span
    where spans.opened_at < data_span.horizon_at and spans.closed_at > reaches.first_at
),

-- What overlaps or touches is one span.
begun as (
    select
        *,
        coalesce(
            opened_at > max(closed_at) over (
                partition by calendar_id order by opened_at, closed_at
                rows between unbounded preceding and 1 preceding
            ),
            true
        ) as is_beginning
    from clipped
),

numbered as (
    select
        *,
        sum(case when is_beginning then 1 else 0 end) over (
            partition by calendar_id order by opened_at, closed_at
            rows between unbounded preceding and current row
        ) as span_number
    from begun
),

united as (
    select
        calendar_id,
        min(opened_at) as opened_at,
        max(closed_at) as closed_at,
        {{ microseconds_of('max(closed_at)') }} - {{ microseconds_of('min(opened_at)') }}
            as open_microseconds
    from numbered
    group by calendar_id, span_number
),

totals as (
    select
        *,
        cast(
            sum(open_microseconds) over (partition by calendar_id order by opened_at) as bigint
        ) as open_microseconds_after
    from united
)

select
    calendar_id,
    opened_at,
    closed_at,
    open_microseconds_after - open_microseconds as open_microseconds_before,
    open_microseconds_after
from totals
