"""Waiting for somebody else: when a session was pending, and whether a customer waited then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reference.contract import Row
from reference.measured import is_measured
from reference.story import Data, Story
from reference.turns import message_order


@dataclass
class Pending:
    """From a pended to what ends it; open where nothing does by as_of."""

    started_at: datetime
    ended_at: datetime | None
    does_customer_wait: bool


def happenings(story: Story) -> list[Row]:
    """Public messages between people and events, in order; at one instant messages come first."""
    messages = sorted(story.messages, key=lambda row: message_order(story, row))
    placed = [
        *((row["sent_at"], 0, number, row) for number, row in enumerate(messages)),
        *((row["occurred_at"], 1, number, row) for number, row in enumerate(story.events)),
    ]
    return [row for *_, row in sorted(placed, key=lambda place: place[:3])]


def pendings_of(story: Story) -> list[Pending]:
    """A second pended, or one in a closed session, changes nothing."""
    found: list[Pending] = []
    is_closed, does_customer_wait = False, False

    def end(at: datetime) -> None:
        if found and found[-1].ended_at is None:
            found[-1].ended_at = at

    for row in happenings(story):
        if "sender_type" in row.values:
            does_customer_wait = row["sender_type"] == "customer"
            if does_customer_wait:
                end(row["sent_at"])
            continue
        kind, at = row["event_type"], row["occurred_at"]
        if kind == "pended" and not is_closed and not (found and found[-1].ended_at is None):
            found.append(Pending(at, None, does_customer_wait))
        elif kind == "unpended":
            end(at)
        elif kind == "closed":
            end(at)
            is_closed = True
        elif kind == "reopened":
            is_closed = False
    return found


def pended_while_waiting(data: Data, story: Story) -> int | None:
    """How often somebody put a customer aside who waited for an answer."""
    if not (
        data.has("raw_messages") and is_measured(data, "pending", story.session["started_at"])
    ):
        return None
    return sum(pending.does_customer_wait for pending in pendings_of(story))
