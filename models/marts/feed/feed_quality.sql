-- A sum over feeds in which none has the table stays NULL: it was not measured.
with totals as (
    select
        table_name,
        bool_or(is_measured) as is_measured,
        {{ total_count('raw_row_count') }} as raw_row_count,
        {{ total_count('accepted_row_count') }} as accepted_row_count,
        {{ total_count('duplicate_row_count') }} as duplicate_row_count,
        {{ total_count('quarantined_row_count') }} as quarantined_row_count,
        {{ total_count('moved_row_count') }} as moved_row_count,
        max(latest_event_at) as latest_event_at,
        max(latest_ingested_at) as latest_ingested_at
    from {{ ref('feed_quality_by_feed') }}
    group by table_name
),

lags as (
    {{ lag_quantiles(
        ['table_name'], {'p50_lag_seconds': 0.5, 'p95_lag_seconds': 0.95}
    ) | indent(4) }}
)

select
    totals.*,
    lags.p50_lag_seconds,
    lags.p95_lag_seconds
from totals
left join lags
    on totals.table_name = lags.table_name
