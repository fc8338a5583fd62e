"""What breaks the invariants of business hours."""

from __future__ import annotations

from breaking import delete, update

# A span with another after it.
FIRST_OF_SEVERAL = """
    open_microseconds_before = 0
    and calendar_id in (
        select calendar_id from intermediate.open_spans where open_microseconds_before > 0
    )
"""

OF_HOURS = {
    "always_open_is_all_time": [
        update("intermediate.leg_hours", "business_queue_seconds = business_queue_seconds - 1e-6",
               "business_queue_seconds = epoch(ended_at - queued_at) and ended_at > queued_at"),
        update("intermediate.contact_hours", "business_first_response_seconds = null",
               "business_first_response_seconds = epoch(first_agent_message_at - accepted_at)"),
        update("intermediate.turns", "business_response_seconds = response_seconds + 1",
               "business_response_seconds = response_seconds"),
        update("intermediate.session_hours", "business_resolution_seconds = 0",
               "business_resolution_seconds = epoch(resolved_at - started_at)"
               " and resolved_at > started_at"),
    ],
    "business_hours_fit_the_clock": [
        update("intermediate.queue_leg_facts", "business_queue_seconds = queue_seconds + 1",
               "business_queue_seconds >= 0"),
        update("intermediate.session_facts",
               "business_resolution_seconds = resolution_seconds + 0.001",
               "business_resolution_seconds >= 0"),
        update("intermediate.session_facts", "business_first_response_seconds = -1",
               "business_first_response_seconds >= 0"),
        update("marts.fct_agent_contacts", "business_response_seconds = 1e9",
               "business_response_seconds >= 0"),
        update("marts.fct_agent_sessions", "business_response_seconds = -1",
               "business_response_seconds >= 0"),
        update("marts.fct_session_closes", "business_resolution_seconds = 1e9",
               "business_resolution_seconds >= 0"),
        update("intermediate.turns", "business_response_seconds = response_seconds + 1",
               "business_response_seconds >= 0"),
    ],
    "open_spans_are_disjoint": [
        update("intermediate.open_spans", "closed_at = closed_at + interval '40 days'",
               FIRST_OF_SEVERAL),
        update("intermediate.open_spans", "closed_at = opened_at"),
        update("intermediate.open_spans", "open_microseconds_before = 7",
               "open_microseconds_before > 0"),
        update("intermediate.open_spans",
               "open_microseconds_after = open_microseconds_after + 1"),
        delete("intermediate.open_spans", FIRST_OF_SEVERAL),
    ],
    "open_time_adds_up": [
        delete("intermediate.open_time", "from_at::date = until_at::date"),
        update("intermediate.open_time",
               "open_microseconds_before = open_microseconds_before + 1",
               "open_microseconds_before > 0 and from_at::date = until_at::date"),
        update("intermediate.open_time", "is_open = not is_open",
               "from_at::date = until_at::date"),
        delete("intermediate.open_spans"),
    ],
}
