-- Inboxes that keep opening hours.
{{ config(materialized='table') }}

with inboxes_with_hours as (
    select distinct inbox_id from {{ source('raw_chatwoot', 'working_hours') }}
)

select
    inboxes.inbox_id as calendar_id,
    inboxes.time_zone,
    inboxes.ingested_at
from {{ ref('chatwoot_inboxes') }} as inboxes
inner join inboxes_with_hours
    on inboxes.inbox_id = inboxes_with_hours.inbox_id
where inboxes.keeps_hours
