-- What users' details say of each agent: presences and routing statuses with their spans, each
-- once. A span comes with every interval that it touches, without an end while it goes on: the end
-- counts.
{{ config(materialized='table') }}

with spans as (
    select
        user_id as agent_id,
        unnest(presences) as span,
        'presence' as span_kind
    from {{ ref('genesys_cloud_records') }}
    where kind = 'user'
),

statuses as (
    select
        user_id as agent_id,
        unnest(routings) as span,
        'routing' as span_kind
    from {{ ref('genesys_cloud_records') }}
    where kind = 'user'
),

told as (
    select
        agent_id,
        span_kind,
        lower(nullif(span['systempresence'], '')) as word,
        nullif(span['starttime'], '') as start_text,
        nullif(span['endtime'], '') as end_text
    from spans

    union all

    select
        agent_id,
        span_kind,
        lower(nullif(span['routingstatus'], '')) as word,
        nullif(span['starttime'], '') as start_text,
        nullif(span['endtime'], '') as end_text
    from statuses
)

select
    agent_id,
    span_kind,
    word,
    start_text,
    {{ utc_timestamp('start_text') }} as started_at,
    max({{ utc_timestamp('end_text') }}) as ended_at
from told
group by agent_id, span_kind, word, start_text
