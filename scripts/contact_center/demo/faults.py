"""A handful of bad rows, as every feed has them: what quarantine shows of the demo."""

from __future__ import annotations

from typing import Any

from .log import Log

# (table, which of its rows is copied, what is different in the copy)
FAULTS: tuple[tuple[str, int, dict[str, Any]], ...] = (
    # The same row twice, and a row that came again with another value.
    ("raw_messages", 4_000, {}),
    ("raw_sessions", 1_200, {"priority": "high", "ingested_at": "2026-04-12T20:00:00Z"}),
    # A clock that writes no date, a number that lost its session, a survey of another scale.
    ("raw_messages", 9_000, {"message_id": "m-lost-1", "sent_at": ""}),
    ("raw_messages", 15_000, {"message_id": "m-lost-2", "session_id": "s-unknown"}),
    ("raw_session_events", 20_000, {"event_id": "e-lost-1", "occurred_at": "31.02.2026 10:15"}),
    ("raw_session_events", 26_000, {"event_id": "e-lost-2", "event_type": "acepted"}),
    ("raw_agent_events", 8_000, {"event_id": "a-lost-1", "agent_id": ""}),
    ("raw_evaluations", 300, {"evaluation_id": "v-lost-1", "score": 50}),
    ("raw_survey_requests", 500, {"request_id": "q-lost-1", "session_id": "s-unknown"}),
    ("raw_tag_events", 200, {"event_id": "t-lost-1", "event_type": "pinned"}),
)


def add_faults(log: Log) -> None:
    """Copies of good rows, which stay as they are: no figure depends on the bad ones."""
    copies = [
        (table, {**log.rows[table][number], **changes}) for table, number, changes in FAULTS
    ]
    for table, row in copies:
        log.rows[table].append(row)
