-- Only some versions and forks keep a zone with the account.
{{ config(materialized='table') }}

select
    id as company_id,
    name as company_name,
    coalesce(time_zone, timezone) as time_zone,
    {{ chatwoot_ingested_at() }} as ingested_at
from {{ source('raw_chatwoot', 'accounts') }}
