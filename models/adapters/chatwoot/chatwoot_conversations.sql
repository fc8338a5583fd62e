-- One row a conversation, its latest version, for what the other models look up.
{{ config(materialized='table') }}

with versions as (
    select
        id as session_id,
        account_id,
        inbox_id,
        assignee_id,
        team_id,
        campaign_id,
        status,
        {{ chatwoot_priority('priority') }} as priority,
        {{ utc_timestamp(chatwoot_time('created_at')) }} as started_at,
        {{ chatwoot_ingested_at() }} as ingested_at
    from {{ source('raw_chatwoot', 'conversations') }}
    where id is not null
)

select * exclude (ingested_at)
from versions
where started_at is not null
qualify row_number() over (
    partition by session_id
    order by
        ingested_at desc nulls last,
        started_at asc,
        account_id asc,
        inbox_id asc,
        assignee_id asc,
        team_id asc,
        campaign_id asc,
        status asc,
        priority asc
) = 1
