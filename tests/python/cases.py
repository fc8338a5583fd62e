"""Small contract data for cases worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


def at(second: float) -> str:
    return (NOON + timedelta(seconds=second)).isoformat()


def build(**tables: list[tuple]) -> dict[str, list[dict]]:
    """Contract tables from short tuples: session, second, kind, further columns."""
    number = 0

    def key() -> str:
        nonlocal number
        number += 1
        return f"{number:04d}"

    built: dict[str, list[dict]] = {
        "raw_sessions": [
            {"session_id": "s", "customer_id": "u", "started_at": at(0)}
        ],
        "raw_session_events": [],
    }
    for name, rows in tables.items():
        built[f"raw_{name}"] = [
            {
                "event_id": key(),
                "message_id": key(),
                "evaluation_id": key(),
                "session_id": "s",
                **dict.fromkeys(("occurred_at", "sent_at", "submitted_at"), at(row[0])),
                **row[1],
            }
            for row in rows
        ]
    return built


def event(second: float, kind: str, agent_id: str | None = None, **more: Any) -> tuple:
    return second, {"event_type": kind, "agent_id": agent_id, **more}


def said(second: float, sender: str | None, **more: Any) -> tuple:
    """A message of the customer ("u") or of an agent."""
    side = "customer" if sender == "u" else "agent"
    return second, {"sender_type": side, "sender_id": sender, **more}


def only(rows: list[dict], **values: Any) -> dict:
    found = [row for row in rows if all(row[key] == value for key, value in values.items())]
    assert len(found) == 1, found
    return found[0]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)
