{{ config(materialized='incremental', meta={'touched_by': 'session_key'}) }}

-- The calendars that each session's figures are made of, and from when to when of each: what a
-- change of a calendar touches (models/to_build/touched_hours).
with uses as (
    select
        session_key,
        calendar_id,
        queued_at as first_at,
        coalesce(ended_at, queued_at) as last_at
    from {{ ref('leg_hours') }}
    union all
    select
        session_key,
        calendar_id,
        accepted_at as first_at,
        coalesce(first_agent_message_at, accepted_at) as last_at
    from {{ ref('contact_hours') }}
    union all
    select
        session_key,
        calendar_id,
        least(started_at, coalesce(resolved_at, started_at)) as first_at,
        greatest(started_at, coalesce(resolved_at, started_at)) as last_at
    from {{ ref('session_hours') }}
    where calendar_id is not null
    union all
    select
        session_key,
        first_response_calendar_id as calendar_id,
        first_accepted_at as first_at,
        coalesce(first_agent_message_at, first_accepted_at) as last_at
    from {{ ref('session_hours') }}
    where first_response_calendar_id is not null
    union all
    select
        session_key,
        calendar_id,
        min(waited_from_at) as first_at,
        max(started_at) as last_at
    from {{ built_rows(ref('turns')) }}
    where calendar_id is not null
    group by session_key, calendar_id
)

select
    session_key,
    calendar_id,
    min(first_at) as first_at,
    max(last_at) as last_at
from uses
group by session_key, calendar_id
