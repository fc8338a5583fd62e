{{ config(materialized='table') }}

select
    id as team_id,
    name as team_name,
    account_id as company_id,
    {{ chatwoot_ingested_at() }} as ingested_at
from {{ source('raw_chatwoot', 'teams') }}
