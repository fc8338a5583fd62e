-- A response that the customer changes stays one row: its newest version counts.
{{ config(materialized='table') }}

select
    coalesce(id, concat_ws('/', conversation_id, created_at)) as evaluation_id,
    conversation_id as session_id,
    assigned_agent_id as agent_id,
    rating as score,
    'csat' as kind,
    1 as scale_min,
    5 as scale_max,
    message_id as request_id,
    {{ chatwoot_time('created_at') }} as submitted_at,
    {{ chatwoot_ingested_at() }} as ingested_at
from {{ source('raw_chatwoot', 'csat_survey_responses') }}
