-- Every raw row was accepted, is a duplicate, or is in quarantine, where it can be looked up.
with feeds as (
    select * from {{ ref('feed_quality') }}
),

quarantined as (
    select
        table_name,
        count(*) as row_count
    from {{ ref('quarantined_rows') }}
    group by table_name
)

select
    coalesce(feeds.table_name, quarantined.table_name) as table_name,
    feeds.is_measured,
    feeds.raw_row_count,
    feeds.accepted_row_count,
    feeds.duplicate_row_count,
    feeds.quarantined_row_count,
    quarantined.row_count as looked_up_row_count
from feeds
full join quarantined
    on feeds.table_name = quarantined.table_name
where
    feeds.raw_row_count is distinct from
    feeds.accepted_row_count + feeds.duplicate_row_count + feeds.quarantined_row_count
    or coalesce(feeds.quarantined_row_count, 0) != coalesce(quarantined.row_count, 0)
    or feeds.is_measured is distinct from (feeds.raw_row_count is not null)
