"""The bot's part of a session, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reference.arithmetic import micros, seconds
from reference.contract import Record, Row
from reference.measured import is_measured
from reference.story import Data, Story

ENDS = ("bot_ended", "queued", "accepted", "abandoned", "dequeued", "closed")
RESULTS = ("handed_off", "resolved", "left", "unknown", "running")
CONTAINED = ("resolved", "left", "unknown")


@dataclass
class BotPart:
    """`later` is what came after it began, `closes` those of it that closed the session."""

    started_at: datetime
    later: list[Row]
    closes: list[Row]

    @property
    def end(self) -> Row | None:
        return next((event for event in self.later if event["event_type"] in ENDS), None)

    @property
    def ended_at(self) -> datetime | None:
        return self.end and self.end["occurred_at"]

    @property
    def outcome(self) -> str | None:
        return self.end["outcome"] if self.end and self.end["event_type"] == "bot_ended" else None

    @property
    def taken_over_at(self) -> datetime | None:
        """The first queue or acceptance before the session's next close."""
        for event in self.later:
            if event["event_type"] in ("queued", "accepted"):
                return event["occurred_at"]
            if event in self.closes:
                return None
        return None

    @property
    def handed_off_at(self) -> datetime | None:
        return self.ended_at if self.outcome == "handed_off" else self.taken_over_at

    @property
    def result(self) -> str:
        if self.handed_off_at is not None:
            return "handed_off"
        if self.outcome == "resolved":
            return "resolved"
        if self.outcome in ("abandoned", "failed"):
            return "left"
        return "running" if self.end is None else "unknown"

    def duration(self, as_of: datetime) -> int:
        return micros(self.started_at, self.ended_at or as_of)


def first_person_at(story: Story) -> datetime | None:
    """When somebody first waited for a person or got one."""
    return next(
        (e["occurred_at"] for e in story.events if e["event_type"] in ("queued", "accepted")), None
    )


def is_bot_measured(data: Data, story: Story) -> bool:
    return data.has("raw_messages") or is_measured(data, "bot", story.session["started_at"])


def bot_messages(story: Story) -> list[datetime]:
    return sorted(row["sent_at"] for row in story.all_messages if row["sender_type"] == "bot")


def bot_part(story: Story) -> BotPart | None:
    """From its event; where there is none, from its first message before anybody waited."""
    closes = [story.events[position] for position in story.close_positions]
    for position, event in enumerate(story.events):
        if event["event_type"] == "bot_started":
            return BotPart(event["occurred_at"], story.events[position + 1 :], closes)
    person_at = first_person_at(story)
    for sent_at in bot_messages(story)[:1]:
        if person_at is None or sent_at <= person_at:
            later = [event for event in story.events if event["occurred_at"] >= sent_at]
            return BotPart(sent_at, later, closes)
    return None


def measured_bot_part(data: Data, story: Story) -> BotPart | None:
    return bot_part(story) if is_bot_measured(data, story) else None


def bot_message_count(data: Data, story: Story, part: BotPart) -> int | None:
    if not data.has("raw_messages"):
        return None
    end = part.ended_at or data.as_of
    return sum(part.started_at <= sent_at <= end for sent_at in bot_messages(story))


def bot_record(data: Data, story: Story) -> Record:
    part = measured_bot_part(data, story)
    if part is None:
        return dict.fromkeys(
            ("bot_started_at", "bot_ended_at", "bot_result", "bot_seconds", "bot_message_count")
        )
    return {
        "bot_started_at": part.started_at,
        "bot_ended_at": part.ended_at,
        "bot_result": part.result,
        "bot_seconds": seconds(part.duration(data.as_of)),
        "bot_message_count": bot_message_count(data, story, part),
    }
