-- Inboxes that have opening hours.
{{ config(materialized='table') }}

select
    id as calendar_id,
    timezone as time_zone,
    {{ chatwoot_ingested_at() }} as ingested_at
from {{ source('raw_chatwoot', 'inboxes') }}
where
    {{ chatwoot_is_true('working_hours_enabled') }}
    and id in (select inbox_id from {{ source('raw_chatwoot', 'working_hours') }})
