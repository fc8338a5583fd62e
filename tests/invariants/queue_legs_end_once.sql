-- A queue leg is open, or was accepted, abandoned, dequeued, requeued or closed, at or after its
-- start.
select *
from {{ built_rows(ref('fct_queue_legs')) }}
where
    (
        outcome in ('accepted', 'abandoned', 'dequeued', 'requeued', 'closed')
        and ended_at >= queued_at
        and queue_seconds >= 0
        or outcome = 'open'
        and ended_at is null
        and queue_seconds >= 0
    ) is not true
