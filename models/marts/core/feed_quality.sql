with loaded as (
    select
        table_name,
        sum(row_count) as raw_row_count
    from {{ ref('loads') }}
    group by table_name
),

checked as (
    {%- for table_name in contract() %}
    select
        '{{ table_name }}' as table_name,
        {{ count_where("row_outcome = 'accepted'") }} as accepted_row_count,
        {{ count_where("row_outcome = 'duplicate'") }} as duplicate_row_count,
        {{ count_where("row_outcome not in ('accepted', 'duplicate')") }} as quarantined_row_count
    from {{ ref('checked_' ~ table_name | replace('raw_', '', 1)) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    checked.table_name,
    loaded.table_name is not null as is_measured,
    cast(loaded.raw_row_count as bigint) as raw_row_count,
    case when loaded.table_name is not null then checked.accepted_row_count end
        as accepted_row_count,
    case when loaded.table_name is not null then checked.duplicate_row_count end
        as duplicate_row_count,
    case when loaded.table_name is not null then checked.quarantined_row_count end
        as quarantined_row_count
from checked
left join loaded
    on checked.table_name = loaded.table_name
