-- One row an inbox, its latest version, and whether it keeps opening hours, if that is told.
{{ config(materialized='table') }}

select
    id as inbox_id,
    timezone as time_zone,
    case
        when working_hours_enabled is not null
            then {{ chatwoot_is_true('working_hours_enabled') }}
    end as keeps_hours,
    {{ chatwoot_ingested_at() }} as ingested_at
from {{ source('raw_chatwoot', 'inboxes') }}
where id is not null
qualify row_number() over (
    partition by id
    order by
        ingested_at desc nulls last,
        timezone asc,
        working_hours_enabled asc
) = 1
