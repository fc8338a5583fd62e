{{ config(materialized='table') }}

select
    id as skill_id,
    name as skill_name,
    {{ chatwoot_ingested_at() }} as ingested_at
from {{ source('raw_chatwoot', 'inboxes') }}
