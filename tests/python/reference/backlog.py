"""What lies open at the end of each local day, and how it came and went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reference.arithmetic import micros, seconds
from reference.contract import Record, Row
from reference.days import day_end, day_of, day_start
from reference.lookups import skill_at
from reference.queues import first_skill
from reference.story import Data, Story

FLOWS = ("started", "reopened", "moved_in", "moved_out", "closed", "expired")
HOUR = timedelta(hours=1)
AGES = (
    ("open_up_to_1_hour_count", HOUR),
    ("open_up_to_4_hours_count", 4 * HOUR),
    ("open_up_to_1_day_count", 24 * HOUR),
    ("open_up_to_3_days_count", 72 * HOUR),
    ("open_up_to_7_days_count", 168 * HOUR),
    ("open_up_to_30_days_count", 720 * HOUR),
    ("open_over_30_days_count", None),
)


@dataclass
class Stay:
    """An open session in one skill, with what it came by and what it left by."""

    story: Story
    skill_id: str | None
    came_by: str
    came_at: datetime
    left_by: str | None = None
    left_at: datetime | None = None

    def is_open_before(self, instant: datetime) -> bool:
        """What happens at the instant itself comes after it."""
        return self.came_at < instant and (self.left_at is None or self.left_at >= instant)


def activities(story: Story) -> list[tuple[datetime, int | None]]:
    """Events by their place, and messages, which come before the events of their instant; what
    lies before the start of the session counts as at its start."""
    start = story.session["started_at"]
    messages = [(max(row["sent_at"], start), -1, None) for row in story.all_messages]
    events = [
        (max(event["occurred_at"], start), place, place)
        for place, event in enumerate(story.events)
    ]
    ordered = sorted([*messages, *events], key=lambda one: one[:2])
    return [(at, place) for at, _, place in ordered]


class Follower:
    """Follows a session from its start: where it lay open, and since when."""

    def __init__(self, data: Data, story: Story) -> None:
        self.data, self.story = data, story
        self.skill_id = first_skill(story)
        self.is_expired = False
        self.last_at = story.session["started_at"]
        self.stays = [Stay(story, self.skill_id, "started", self.last_at)]

    @property
    def is_open(self) -> bool:
        return self.stays[-1].left_at is None

    def come(self, how: str, at: datetime) -> None:
        self.stays.append(Stay(self.story, self.skill_id, how, at))

    def leave(self, how: str, at: datetime) -> None:
        self.stays[-1].left_by, self.stays[-1].left_at = how, at

    def expire_by(self, at: datetime) -> None:
        """Nothing for so long that nobody will take it up."""
        if self.is_open and at - self.last_at > self.data.matters.max_open:
            self.leave("expired", self.last_at + self.data.matters.max_open)
            self.is_expired = True

    def follow(self, at: datetime, place: int | None) -> None:
        self.expire_by(at)
        self.last_at = at
        event: Row | None = None if place is None else self.story.events[place]
        kind = event and event["event_type"]
        former_skill_id = self.skill_id
        if kind in ("queued", "accepted"):
            self.skill_id = skill_at(self.story, place)
        if self.is_expired or (kind == "reopened" and not self.is_open):
            self.is_expired = False
            self.come("reopened", at)
        elif self.is_open and self.skill_id != former_skill_id:
            self.leave("moved_out", at)
            self.come("moved_in", at)
        if kind == "closed" and self.is_open:
            self.leave("closed", at)


def stays_of(data: Data, story: Story) -> list[Stay]:
    follower = Follower(data, story)
    for at, place in activities(story):
        follower.follow(at, place)
    follower.expire_by(data.as_of)
    return follower.stays


def days_of(data: Data, stay: Stay) -> Iterator[tuple[date, datetime | None]]:
    """The local days on which it was open, with the end of each; the last one has none."""
    zone = stay.story.zone
    day, last = day_of(zone, stay.came_at), day_of(zone, stay.left_at or data.as_of)
    while True:
        end = day_end(zone, day)
        yield day, end if end <= data.as_of else None
        if day == last:
            return
        day = day_of(zone, end)


def place_of(story: Story, end: datetime | None) -> str:
    """Who had an open session right before an instant; None is as_of, with what happens at it."""

    def runs(since: datetime, until: datetime | None) -> bool:
        if end is None:
            return until is None
        return since < end and (until is None or until >= end)

    if any(runs(contact.accepted_at, contact.ended_at) for contact in story.contacts):
        return "with_agent_count"
    if any(runs(leg.queued_at, leg.ended_at) for leg in story.legs):
        return "waiting_in_queue_count"
    return "with_nobody_count"


def is_awaited(story: Story, end: datetime | None) -> bool:
    """The last public message between people by then is the customer's."""
    by_then = [
        message
        for turn in story.turns
        for message in turn.messages
        if end is None or message["sent_at"] < end
    ]
    return bool(by_then) and by_then[-1]["sender_type"] == "customer"


def age_column(age: timedelta) -> str:
    return next(column for column, limit in AGES if limit is None or age <= limit)


def open_columns() -> Record:
    return {
        "open_at_start_count": 0,
        **{f"{flow}_count": 0 for flow in FLOWS},
        "open_at_end_count": 0,
        "with_agent_count": 0,
        "waiting_in_queue_count": 0,
        "with_nobody_count": 0,
        "awaiting_agent_count": 0,
        **{column: 0 for column, _ in AGES},
    }


def backlog_records(data: Data, stories: list[Story]) -> list[Record]:
    """A row for each queue of sessions and each day on which one of it was open."""
    rows: dict[tuple, Record] = defaultdict(open_columns)
    ages: dict[tuple, list[timedelta]] = defaultdict(list)
    for stay in (stay for story in stories for stay in stays_of(data, story)):
        story = stay.story
        key = (story.company_id, stay.skill_id, story.session["channel_id"])
        rows[*key, day_of(story.zone, stay.came_at)][f"{stay.came_by}_count"] += 1
        if stay.left_by:
            rows[*key, day_of(story.zone, stay.left_at)][f"{stay.left_by}_count"] += 1
        for day, end in days_of(data, stay):
            row = rows[*key, day]
            row["open_at_start_count"] += stay.is_open_before(day_start(story.zone, day))
            is_open = stay.left_at is None if end is None else stay.is_open_before(end)
            if not is_open:
                continue
            age = (end or data.as_of) - story.session["started_at"]
            row["open_at_end_count"] += 1
            row[place_of(story, end)] += 1
            row["awaiting_agent_count"] += is_awaited(story, end)
            row[age_column(age)] += 1
            ages[*key, day].append(age)
    return [
        {
            **dict(zip(("company_id", "skill_id", "channel_id", "date_day"), key, strict=True)),
            **row,
            **({} if data.has("raw_messages") else {"awaiting_agent_count": None}),
            "open_age_seconds": seconds(
                sum(micros(data.as_of, data.as_of + age) for age in ages[key])
            ),
            "oldest_open_age_seconds": max(
                (age.total_seconds() for age in ages[key]), default=None
            ),
        }
        for key, row in list(rows.items())
    ]
