-- A contact is engagement and hold, its handling contact and wrap-up; what has ended and is
-- measured is known.
select
    agent_contact_id,
    contact_seconds,
    engaged_seconds,
    hold_seconds,
    wrap_up_seconds,
    handle_seconds
from {{ built_rows(ref('fct_agent_contacts')) }}
where
    (
        (hold_seconds is null) = (not is_hold_measured or not is_ended)
        and (engaged_seconds is null) = (hold_seconds is null)
        and coalesce(abs(contact_seconds - engaged_seconds - hold_seconds) <= 1e-6, true)
        and coalesce(hold_seconds >= 0 and engaged_seconds >= 0, true)
        and (handle_seconds is null) = (wrap_up_seconds is null)
        and (
            wrap_up_seconds is not null
            or not is_ended
            or not is_wrap_up_measured
            or (wrap_up_started_at is not null and wrap_up_ended_at is null)
        )
        and coalesce(abs(handle_seconds - contact_seconds - wrap_up_seconds) <= 1e-6, true)
        and coalesce(wrap_up_started_at >= ended_at, true)
        and attributed_seconds >= 0
    ) is not true
