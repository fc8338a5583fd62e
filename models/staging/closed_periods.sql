{{ config(materialized='incremental', meta={'rebuilt_by': 'event_session'}) }}

with changes as (
    select
        session_key,
        event_position,
        event_type,
        occurred_at
    from {{ of_reordered_sessions(ref('stg_session_events')) }}
    where
        (event_type = 'closed' and not was_closed)
        or (event_type = 'reopened' and was_closed)
),

periods as (
    select
        session_key,
        event_type,
        occurred_at as closed_at,
        lead(occurred_at, 1, {{ end_of_time() }}) over (
            partition by session_key order by event_position
        ) as reopened_at
    from changes
)

select
    session_key,
    closed_at,
    reopened_at
from periods
where event_type = 'closed'
