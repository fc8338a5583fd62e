"""The contract's tables, and one row of them with its text and its values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from reference.text import (
    is_nothing,
    one_of,
    read_boolean,
    read_text,
    read_time,
    read_whole_number,
    read_zone,
)

Record = dict[str, Any]
LONG_AGO = datetime.min.replace(tzinfo=UTC)
ACCEPTED = "accepted"
DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Table:
    """One contract table: how its columns read, and which of them a row can't do without."""

    key: tuple[str, ...]
    columns: dict[str, Callable[[str], Any]]
    time: str | None = None
    references: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    required_by_type: dict[str, tuple[str, ...]] = field(default_factory=dict)
    words_by_type: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)


ACTOR = one_of("customer", "agent", "bot", "system")

TABLES: dict[str, Table] = {
    "raw_sessions": Table(
        key=("session_id",),
        time="started_at",
        columns={
            "session_id": read_text,
            "company_id": read_text,
            "customer_id": read_text,
            "channel_id": read_text,
            "direction": one_of("inbound", "outbound"),
            "contact_type": read_text,
            "campaign_id": read_text,
            "initiated_by": one_of("customer", "agent", "system"),
            "started_at": read_time,
        },
    ),
    "raw_session_events": Table(
        key=("event_id",),
        time="occurred_at",
        references=("session_id",),
        required=("event_type",),
        required_by_type={
            "accepted": ("agent_id",),
            "disposition_set": ("agent_id", "disposition"),
            "offered": ("agent_id",),
            "offer_ended": ("agent_id", "outcome"),
        },
        words_by_type={"offer_ended": {"outcome": ("declined", "missed", "withdrawn")}},
        columns={
            "event_id": read_text,
            "session_id": read_text,
            "occurred_at": read_time,
            "event_seq": read_whole_number,
            "event_type": one_of(
                "queued", "accepted", "transferred", "released", "abandoned", "closed",
                "reopened", "disposition_set", "dequeued", "offered", "offer_ended", "held",
                "resumed", "wrap_up_started", "wrap_up_ended",
            ),
            "actor_type": ACTOR,
            "agent_id": read_text,
            "skill_id": read_text,
            "to_agent_id": read_text,
            "to_skill_id": read_text,
            "disposition": read_text,
            "reason": read_text,
            "outcome": read_text,
            "team_id": read_text,
        },
    ),
    "raw_messages": Table(
        key=("message_id",),
        time="sent_at",
        references=("session_id",),
        required=("sender_type",),
        columns={
            "message_id": read_text,
            "session_id": read_text,
            "sent_at": read_time,
            "message_seq": read_whole_number,
            "sender_type": ACTOR,
            "sender_id": read_text,
            "origin": one_of("human", "auto_reply", "campaign"),
            "visibility": one_of("public", "internal"),
        },
    ),
    "raw_agent_events": Table(
        key=("event_id",),
        time="occurred_at",
        references=("agent_id",),
        required=("event_type",),
        required_by_type={"state": ("state",)},
        columns={
            "event_id": read_text,
            "agent_id": read_text,
            "occurred_at": read_time,
            "event_seq": read_whole_number,
            "device_id": read_text,
            "event_type": one_of("login", "state", "logout"),
            "state": one_of("idle", "busy", "break"),
            "reason": read_text,
        },
    ),
    "raw_focus_events": Table(
        key=("event_id",),
        time="occurred_at",
        references=("session_id", "agent_id"),
        required=("event_type",),
        columns={
            "event_id": read_text,
            "session_id": read_text,
            "agent_id": read_text,
            "occurred_at": read_time,
            "event_type": one_of("focus", "blur"),
        },
    ),
    "raw_evaluations": Table(
        key=("evaluation_id",),
        time="submitted_at",
        references=("session_id",),
        required=("score",),
        columns={
            "evaluation_id": read_text,
            "session_id": read_text,
            "agent_id": read_text,
            "score": read_whole_number,
            "submitted_at": read_time,
        },
    ),
    "raw_tag_events": Table(
        key=("event_id",),
        time="occurred_at",
        references=("session_id",),
        required=("event_type", "tag_name"),
        columns={
            "event_id": read_text,
            "session_id": read_text,
            "message_id": read_text,
            "agent_id": read_text,
            "tag_name": read_text,
            "event_type": one_of("attached", "detached"),
            "occurred_at": read_time,
        },
    ),
    "raw_companies": Table(
        key=("company_id",),
        columns={"company_id": read_text, "company_name": read_text, "time_zone": read_zone},
    ),
    "raw_agents": Table(
        key=("agent_id",),
        columns={"agent_id": read_text, "agent_name": read_text, "company_id": read_text},
    ),
    "raw_teams": Table(
        key=("team_id",),
        columns={"team_id": read_text, "team_name": read_text, "company_id": read_text},
    ),
    "raw_agent_teams": Table(
        key=("agent_id", "valid_from"),
        columns={
            "agent_id": read_text,
            "team_id": read_text,
            "valid_from": read_time,
            "valid_to": read_time,
        },
    ),
    "raw_skills": Table(
        key=("skill_id",),
        columns={"skill_id": read_text, "skill_name": read_text, "campaign_id": read_text},
    ),
    "raw_campaigns": Table(
        key=("campaign_id",),
        columns={"campaign_id": read_text, "campaign_name": read_text},
    ),
    "raw_skill_targets": Table(
        key=("skill_id", "valid_from"),
        columns={
            "skill_id": read_text,
            "valid_from": read_time,
            "service_level_seconds": read_whole_number,
            "short_abandon_seconds": read_whole_number,
        },
    ),
    "raw_measured_events": Table(
        key=("event_group",),
        columns={
            "event_group": one_of("offer", "hold", "wrap_up", "pending", "bot"),
            "measured_from": read_time,
        },
    ),
    "raw_channels": Table(
        key=("channel_id",),
        columns={
            "channel_id": read_text,
            "channel_name": read_text,
            "media_type": read_text,
            "is_digital": read_boolean,
        },
    ),
}


class Row:
    """One raw row: its text, its values as far as they can be read, and in the end its fate."""

    def __init__(self, table: Table, raw: dict[str, str | None], now: datetime) -> None:
        self.raw = raw
        self.now = now
        self.is_moved = False
        self.text = {
            column: self._text(read, raw.get(column)) for column, read in table.columns.items()
        }
        self.values: Record = {}
        self.unreadable: set[str] = set()
        for column, read in table.columns.items():
            self.values[column] = self._read(column, read, self.text[column])
        landed = self._text(read_time, raw.get("ingested_at"))
        # As it came: a message may be taken as of another instant later.
        self.came: Record = dict(self.values)
        self.says_landing = bool(landed)
        self.ingested_at = self._read("ingested_at", read_time, landed) if landed else now
        self.fate: str | None = None

    @staticmethod
    def _text(read: Callable[[str], Any], text: str | None) -> str | None:
        """A customer may be called None; a time or a number may not."""
        return None if not text or (read is not read_text and is_nothing(text)) else text

    def _read(self, column: str, read: Callable[[str], Any], text: str | None) -> Any:
        if text is None:
            return None
        try:
            return read(text)
        except ValueError:
            self.unreadable.add(column)
            return None

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def content(self, column: str) -> Any:
        """What the column means, however it was written; its text where that can't be told."""
        return self.text[column] if column in self.unreadable else self.values[column]
