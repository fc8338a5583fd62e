-- Surveys sent: a message that asks for a score. Its agent is whom Chatwoot had assigned when the
-- conversation was resolved, which sends it.
{{ config(materialized='table') }}

with requests as (
    select distinct
        id as request_id,
        conversation_id as session_id,
        {{ chatwoot_time('created_at') }} as sent_at,
        {{ utc_timestamp(chatwoot_time('created_at')) }} as requested_at
    from {{ source('raw_chatwoot', 'messages') }}
    where content_type = '9'
),

resolutions as (
    select
        session_id,
        counted_at,
        max(agent_id) as agent_id
    from {{ ref('chatwoot_status_events') }}
    where name = 'conversation_resolved'
    group by session_id, counted_at
)

select
    requests.request_id,
    requests.session_id,
    resolutions.agent_id,
    'csat' as kind,
    requests.sent_at
from requests
asof left join resolutions
    on requests.session_id = resolutions.session_id
    and requests.requested_at + {{ chatwoot_tolerance() }} >= resolutions.counted_at
