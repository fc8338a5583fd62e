"""From when a group of events is measured, and the targets of a skill at an instant."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from reference.contract import Row
from reference.story import Data

EVENTS_OF_GROUP = {
    "offer": ("offered", "offer_ended"),
    "hold": ("held", "resumed"),
    "wrap_up": ("wrap_up_started", "wrap_up_ended"),
    "pending": ("pended", "unpended"),
    "bot": ("bot_started", "bot_ended"),
}
GROUPS_OF_SESSIONS = ("pending", "bot")


def find_measured_from(rows: dict[str, list[Row]]) -> dict[str, datetime | None]:
    """For each group what the feed says, else its first event, or for what belongs to whole
    sessions the start of the first session with such an event; None where neither is there."""
    said = {row["event_group"]: row["measured_from"] for row in rows["raw_measured_events"]}
    starts = {row["session_id"]: row["started_at"] for row in rows["raw_sessions"]}

    def first(group: str, kinds: tuple[str, ...]) -> datetime | None:
        events = [row for row in rows["raw_session_events"] if row["event_type"] in kinds]
        if group in GROUPS_OF_SESSIONS:
            return min((starts[row["session_id"]] for row in events), default=None)
        return min((row["occurred_at"] for row in events), default=None)

    return {
        group: said.get(group) or first(group, kinds) for group, kinds in EVENTS_OF_GROUP.items()
    }


def is_measured(data: Data, group: str, began_at: datetime) -> bool:
    """Whether what began at an instant is measured."""
    measured_from = data.measured_from[group]
    return measured_from is not None and measured_from <= began_at


def target_of_skill(
    data: Data, column: str, skill_id: str | None, instant: datetime
) -> Fraction:
    """What the latest row that is valid says; where it says nothing, the project's own."""
    valid = [
        row
        for row in data.rows["raw_skill_targets"]
        if row["skill_id"] == skill_id and row["valid_from"] <= instant
    ]
    said = max(valid, key=lambda row: row["valid_from"])[column] if valid else None
    return data.default_targets[column] if said is None else said
