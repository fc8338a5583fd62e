-- A sum over feeds in which none has the table stays NULL: it was not measured.
select
    table_name,
    bool_or(is_measured) as is_measured,
    {{ total_count('raw_row_count') }} as raw_row_count,
    {{ total_count('accepted_row_count') }} as accepted_row_count,
    {{ total_count('duplicate_row_count') }} as duplicate_row_count,
    {{ total_count('quarantined_row_count') }} as quarantined_row_count,
    {{ total_count('moved_row_count') }} as moved_row_count
from {{ ref('feed_quality_by_feed') }}
group by table_name
