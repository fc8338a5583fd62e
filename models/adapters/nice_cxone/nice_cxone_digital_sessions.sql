-- The sessions of the digital stream. `is_whole` is false of one that had begun before the stream
-- did.
{{ config(materialized='table') }}

with events as (
    select
        *,
        {{ utc_timestamp('created_text') }} as case_created_at
    from {{ ref('nice_cxone_events') }}
    where session_id is not null
)

select
    session_id,
    max(case_id) as case_id,
    arg_min(company_id, (occurred_at, event_id)) as company_id,
    arg_min(customer_id, (occurred_at, event_id)) as customer_id,
    arg_min(channel_id, (occurred_at, event_id)) as channel_id,
    arg_min(direction, (occurred_at, event_id)) as direction,
    -- Whole seconds, unless the event of the creation says it more exactly.
    coalesce(
        min(occurred_at) filter (
            where
            event_type = 'casecreated'
            and occurred_at between case_created_at and case_created_at + interval 2 seconds
        ),
        min(case_created_at),
        min(occurred_at)
    ) as started_at,
    bool_or(event_type = 'casecreated') as is_whole,
    max(received_at) as received_at
from events
group by session_id
