with feeds as (
    select distinct feed from {{ ref('loads') }}
),

loaded as (
    select
        feed,
        table_name,
        sum(row_count) as raw_row_count
    from {{ ref('loads') }}
    group by feed, table_name
),

checked as (
    {%- for table_name in contract() %}
    select
        feed,
        '{{ table_name }}' as table_name,
        {{ count_where("row_outcome = 'accepted'") }} as accepted_row_count,
        {{ count_where("row_outcome = 'duplicate'") }} as duplicate_row_count,
        {{ count_where("row_outcome not in ('accepted', 'duplicate')") }} as quarantined_row_count
    from {{ ref('checked_' ~ table_name | replace('raw_', '', 1)) }}
    group by feed
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

tables (table_name) as (
    values
    {%- for table_name in contract() %}
    ('{{ table_name }}'){{ ',' if not loop.last }}
    {%- endfor %}
)

select
    feeds.feed,
    tables.table_name,
    loaded.table_name is not null as is_measured,
    cast(loaded.raw_row_count as bigint) as raw_row_count,
    {%- for outcome in ['accepted', 'duplicate', 'quarantined'] %}
    case when loaded.table_name is not null then coalesce(checked.{{ outcome }}_row_count, 0) end
        as {{ outcome }}_row_count{{ ',' if not loop.last }}
    {%- endfor %}
from feeds
cross join tables
left join loaded
    on feeds.feed = loaded.feed
    and tables.table_name = loaded.table_name
left join checked
    on feeds.feed = checked.feed
    and tables.table_name = checked.table_name
