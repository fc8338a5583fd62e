-- Of accepted rows that say when they landed.
with lags as (
    {%- for table_name, table in contract().items() if table.time %}
    select
        feed,
        '{{ table_name }}' as table_name,
        cast(floor({{ seconds_between(
            as_it_came(table).get(table.time, table.time), 'ingested_at'
        ) }}) as bigint) as lag_seconds
    from {{ ref('checked_' ~ table_name | replace('raw_', '', 1)) }}
    where row_outcome = 'accepted' and ingested_at is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    feed,
    table_name,
    lag_seconds,
    count(*) as row_count
from lags
group by feed, table_name, lag_seconds
