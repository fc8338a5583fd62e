-- Inboxes that keep opening hours.
{{ config(materialized='table') }}

select
    inbox_id as calendar_id,
    time_zone,
    ingested_at
from {{ ref('chatwoot_inboxes') }}
where
    keeps_hours
    and inbox_id in (select inbox_id from {{ source('raw_chatwoot', 'working_hours') }})
