-- What a clock says of itself agrees: its state with what has run, its end with its stop, and
-- when it was due with whether it was kept.
select *
from {{ built_rows(ref('fct_sla')) }}
where
    (state = 'met') != (stopped_at is not null and running_seconds <= target_seconds)
    or (state = 'breached') != (running_seconds > target_seconds)
    or (state = 'cancelled' and (stopped_at is not null or ended_at is null))
    or (state = 'cancelled' and metric = 'resolution')
    or (state = 'running' and ended_at is not null)
    or (stopped_at is not null and ended_at is distinct from stopped_at)
    or (state = 'breached' and due_at is null)
    or (state = 'breached' and due_at >= ended_at)
    or due_at < started_at
    or pending_seconds < 0
    -- Hours and pendings take from the wall's time and add nothing.
    or (
        running_seconds + pending_seconds > 1e-6 + greatest(0, {{ seconds_between(
            'started_at', 'coalesce(ended_at, (select as_of from ' ~ ref('data_span') ~ '))'
        ) }})
    )
