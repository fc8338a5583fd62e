with feeds as (
    select distinct feed from {{ known_loads() }}
),

loaded as (
    select
        feed,
        table_name,
        sum(row_count) as raw_row_count
    from {{ known_loads() }}
    group by feed, table_name
),

checked as (
    {%- for table_name in contract() %}
    select
        feed,
        '{{ table_name }}' as table_name,
        {{ count_where("row_outcome = 'accepted'") }} as accepted_row_count,
        {{ count_where("row_outcome = 'duplicate'") }} as duplicate_row_count,
        {{ count_where(is_left_out()) }}
            as quarantined_row_count,
        {{
            count_where('moved_from is not null') if contract()[table_name].refused_while_closed else 0
        }} as moved_row_count,
        {%- set event_time = contract()[table_name].time %}
        {{ "max(" ~ event_time ~ ") filter (where row_outcome = 'accepted')" if event_time
            else 'cast(null as timestamp)' }} as latest_event_at,
        max(ingested_at) filter (where row_outcome = 'accepted') as latest_ingested_at
    from {{ ref('checked_' ~ table_name | replace('raw_', '', 1)) }}
    group by feed
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

lags as (
    {{ lag_quantiles(
        ['feed', 'table_name'], {'p50_lag_seconds': 0.5, 'p95_lag_seconds': 0.95}
    ) | indent(4) }}
),

contract_tables (table_name) as (
    values
    {%- for table_name in contract() %}
    ('{{ table_name }}') {{- ',' if not loop.last }}
    {%- endfor %}
)

select
    feeds.feed,
    contract_tables.table_name,
    loaded.table_name is not null as is_measured,
    cast(loaded.raw_row_count as bigint) as raw_row_count,
    case when loaded.table_name is not null then coalesce(checked.accepted_row_count, 0) end
        as accepted_row_count,
    case when loaded.table_name is not null then coalesce(checked.duplicate_row_count, 0) end
        as duplicate_row_count,
    case when loaded.table_name is not null then coalesce(checked.quarantined_row_count, 0) end
        as quarantined_row_count,
    case when loaded.table_name is not null then coalesce(checked.moved_row_count, 0) end
        as moved_row_count,
    checked.latest_event_at,
    checked.latest_ingested_at,
    lags.p50_lag_seconds,
    lags.p95_lag_seconds
from feeds
cross join contract_tables
left join loaded
    on feeds.feed = loaded.feed
    and contract_tables.table_name = loaded.table_name
left join checked
    on feeds.feed = checked.feed
    and contract_tables.table_name = checked.table_name
left join lags
    on feeds.feed = lags.feed
    and contract_tables.table_name = lags.table_name
