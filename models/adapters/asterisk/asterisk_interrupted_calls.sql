-- Calls that waited or were talked to when Asterisk came up again: no call outlives that. One that
-- goes on in the log afterwards was another server's. Where a handed-over call is, nobody knows.
{{ config(materialized='table') }}

with unended_calls as (
    select
        call_id,
        line_position,
        occurred_at
    from {{ ref('asterisk_call_events') }}
    where is_of_session and meaning in ('queued', 'called', 'accepted') and next_occurred_at is null
)

select
    unended_calls.call_id,
    unended_calls.line_position,
    restarts.occurred_at as restarted_at,
    restarts.line_position as restart_position
from unended_calls
asof inner join {{ ref('asterisk_restarts') }} as restarts
    on unended_calls.occurred_at < restarts.occurred_at
