{{ config(materialized='incremental', meta={'touched_by': 'event_session'}) }}

with changes as (
    select
        session_key,
        event_position,
        event_type,
        occurred_at
    from {{ rows_to_build(
        ref('checked_session_events'), 'session_key in (' ~ reordered_sessions() ~ ')'
    ) }}
    where
        row_outcome = 'accepted'
        and (
            (event_type = 'closed' and not was_closed)
            or (event_type = 'reopened' and was_closed)
        )
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
