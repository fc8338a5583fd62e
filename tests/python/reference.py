"""The slow, obvious computation of every figure, which the dbt models are compared with.

It shares nothing with the models but the specification. Nothing here is tuned: each rule is one
function that walks over sessions, agents or events and does what its definition says. Durations
are whole microseconds (means are fractions) until the last moment, so no rounding decides
whether something took 30 seconds.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

Record = dict[str, Any]

MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
ACCEPTED = "accepted"
DUPLICATE = "duplicate"


# --- reading text ---------------------------------------------------------------------------

TIME_PATTERN = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?"
    r"\s?(?:(Z|z)|([+-])(\d\d):?(\d\d)?)?)?"
)
WHOLE_NUMBER_PATTERN = re.compile(r"([+-]?\d+)(?:\.0*)?")


def read_time(text: str) -> datetime:
    """An ISO 8601 instant in UTC; an offset counts, none means UTC."""
    match = TIME_PATTERN.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    year, month, day, hour, minute, second, fraction, _, sign, off_hour, off_minute = match.groups()
    offset = timedelta(hours=int(off_hour or 0), minutes=int(off_minute or 0))
    local = datetime(
        int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0),
        int((fraction or "0")[:6].ljust(6, "0")),
        timezone(-offset if sign == "-" else offset),
    )
    try:
        return local.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error


def read_text(text: str) -> str:
    return text


def read_whole_number(text: str) -> int:
    """5 and 5.0 are whole numbers, 4.5 is none."""
    match = WHOLE_NUMBER_PATTERN.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    return int(match.group(1))


def read_boolean(text: str) -> bool:
    lowered = text.strip().lower()
    if lowered in ("true", "t", "yes", "y", "1"):
        return True
    if lowered in ("false", "f", "no", "n", "0"):
        return False
    raise ValueError(text)


def read_zone(text: str) -> str:
    """A name of the IANA database; never an offset."""
    if text not in available_timezones():
        raise ValueError(text)
    return text


def one_of(*values: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in values:
            raise ValueError(text)
        return text

    return read


# --- the contract ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """One contract table: how its columns read, and which of them a row can't do without."""

    key: tuple[str, ...]
    columns: dict[str, Callable[[str], Any]]
    time: str | None = None
    references: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    required_by_type: dict[str, tuple[str, ...]] = field(default_factory=dict)


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
        },
        columns={
            "event_id": read_text,
            "session_id": read_text,
            "occurred_at": read_time,
            "event_seq": read_whole_number,
            "event_type": one_of(
                "queued", "accepted", "transferred", "released", "abandoned", "closed",
                "reopened", "disposition_set",
            ),
            "actor_type": ACTOR,
            "agent_id": read_text,
            "skill_id": read_text,
            "to_agent_id": read_text,
            "to_skill_id": read_text,
            "disposition": read_text,
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
        self.text = {column: raw.get(column) or None for column in table.columns}
        self.values: Record = {}
        self.unreadable: set[str] = set()
        for column, read in table.columns.items():
            self.values[column] = self._read(column, read, self.text[column])
        landed = raw.get("ingested_at") or None
        self.ingested_at = self._read("ingested_at", read_time, landed) if landed else now
        self.fate: str | None = None

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


# --- what is let in -------------------------------------------------------------------------


def later_than(row: Row, time_column: str | None, as_of: datetime | None) -> bool:
    """Whether the row lies in the future of a chosen as_of and is to be as if it weren't there."""
    if as_of is None or time_column is None or row[time_column] is None:
        return False
    return row[time_column] > as_of


def set_copies_aside(table: Table, rows: list[Row]) -> None:
    """Rows with one key and the same content are one row: the copy that landed last."""
    copies: dict[tuple, list[Row]] = defaultdict(list)
    for row in rows:
        if all(row.text[column] is not None for column in table.key):
            copies[tuple(map(row.content, table.columns))].append(row)
    for group in copies.values():
        representative = max(group, key=lambda row: row.ingested_at or LONG_AGO)
        for row in group:
            if row is not representative:
                row.fate = DUPLICATE


def reason_in_itself(table: Table, row: Row) -> str | None:
    """The first fault of a row that shows without looking at any other row."""
    time_columns = {column for column, read in table.columns.items() if read is read_time}
    if any(row.text[column] is None for column in table.key):
        return "missing_key"
    if table.time and row.text[table.time] is None:
        return "missing_timestamp"
    if any(row.text[column] is None for column in table.references):
        return "missing_reference"
    if row.unreadable & (time_columns | {"ingested_at"}):
        return "bad_timestamp"
    required = table.required + table.required_by_type.get(row.values.get("event_type"), ())
    if row.unreadable or any(row.text[column] is None for column in required):
        return "bad_value"
    if "score" in table.columns and not 1 <= row["score"] <= 5:
        return "score_out_of_range"
    if table.time and row[table.time] - row.ingested_at > timedelta(hours=24):
        return "future_timestamp"
    return None


def reason_from_session(table: Table, row: Row, sessions: dict[str, Row]) -> str | None:
    """A row needs its session, and may precede the session's start by five minutes at most."""
    if "session_id" not in table.references:
        return None
    session = sessions.get(row["session_id"])
    if session is None:
        return "unknown_session"
    if session["started_at"] - row[table.time] > timedelta(minutes=5):
        return "before_start"
    return None


def keep_newest_of_each_key(table: Table, rows: list[Row]) -> None:
    """Of different contents under one key the last to land is accepted, the others superseded."""
    versions: dict[tuple, list[Row]] = defaultdict(list)
    for row in rows:
        if row.fate is None:
            versions[tuple(row[column] for column in table.key)].append(row)
    for group in versions.values():
        newest = max(group, key=lambda row: (row.ingested_at, str(row.text)))
        for row in group:
            row.fate = ACCEPTED if row is newest else "superseded"


def event_order(event: Row) -> tuple:
    return event["occurred_at"], event["event_seq"] or 0, event["event_id"]


def reject_acceptances_after_close(events: list[Row]) -> None:
    """In the order of a session's events: nobody accepts a session that is closed."""
    is_open = True
    for event in sorted(events, key=event_order):
        if event["event_type"] == "closed":
            is_open = False
        elif event["event_type"] == "reopened":
            is_open = True
        elif event["event_type"] == "accepted" and not is_open:
            event.fate = "after_close"


def closed_stretches(events: list[Row]) -> list[tuple[datetime, datetime | None]]:
    """The stretches in which a session is closed, each from its close to its reopening."""
    stretches: list[tuple[datetime, datetime | None]] = []
    closed_at: datetime | None = None
    for event in sorted(events, key=event_order):
        if event["event_type"] == "closed" and closed_at is None:
            closed_at = event["occurred_at"]
        elif event["event_type"] == "reopened" and closed_at is not None:
            stretches.append((closed_at, event["occurred_at"]))
            closed_at = None
    if closed_at is not None:
        stretches.append((closed_at, None))
    return stretches


def is_after_close(sent_at: datetime, events: list[Row]) -> bool:
    """Strictly inside a closed stretch; the instants of close and reopening are still fine."""
    return any(
        closed_at < sent_at and (reopened_at is None or sent_at < reopened_at)
        for closed_at, reopened_at in closed_stretches(events)
    )


def by_session(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["session_id"]].append(row)
    return grouped


def accepted_rows(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.fate == ACCEPTED]


def judge(feed: dict[str, list[Row]]) -> None:
    """Gives every row its one fate: accepted, duplicate, or the reason of its quarantine."""
    for name, rows in feed.items():
        set_copies_aside(TABLES[name], rows)
        for row in rows:
            row.fate = row.fate or reason_in_itself(TABLES[name], row)

    keep_newest_of_each_key(TABLES["raw_sessions"], feed["raw_sessions"])
    sessions = {row["session_id"]: row for row in accepted_rows(feed["raw_sessions"])}
    for name, rows in feed.items():
        for row in rows:
            row.fate = row.fate or reason_from_session(TABLES[name], row, sessions)

    keep_newest_of_each_key(TABLES["raw_session_events"], feed["raw_session_events"])
    for events in by_session(accepted_rows(feed["raw_session_events"])).values():
        reject_acceptances_after_close(events)

    events_of = by_session(accepted_rows(feed["raw_session_events"]))
    for row in feed["raw_messages"]:
        if row.fate is None and is_after_close(row["sent_at"], events_of[row["session_id"]]):
            row.fate = "after_close"

    for name, rows in feed.items():
        if name not in ("raw_sessions", "raw_session_events"):
            keep_newest_of_each_key(TABLES[name], rows)


# --- days -----------------------------------------------------------------------------------


def local_date(zone: str, instant: datetime) -> date:
    return instant.astimezone(ZoneInfo(zone)).date()


@lru_cache(maxsize=None)
def day_start(zone: str, day: date) -> datetime | None:
    """The first instant that bears the date in the zone; None for a date that was skipped."""
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=16)
    while local_date(zone, instant) < day:
        instant += timedelta(minutes=1)
    return instant if local_date(zone, instant) == day else None


def day_of(zone: str, instant: datetime) -> date:
    """The day that has begun last, even where a clock set back shows the date before again."""
    shown = local_date(zone, instant)
    following_start = day_start(zone, shown + DAY)
    if following_start is not None and following_start <= instant:
        return shown + DAY
    return shown


def day_end(zone: str, day: date) -> datetime:
    """Where the next existing day starts."""
    following = day + DAY
    while day_start(zone, following) is None:
        following += DAY
    return day_start(zone, following)


def cut_at_midnight(
    zone: str, start: datetime, end: datetime
) -> Iterator[tuple[date, datetime, datetime]]:
    """The pieces of a stretch that lie in one local day each."""
    while start < end:
        day = day_of(zone, start)
        piece_end = min(end, day_end(zone, day))
        yield day, start, piece_end
        start = piece_end


# --- arithmetic -----------------------------------------------------------------------------


def micros(start: datetime, end: datetime) -> int:
    return (end - start) // MICROSECOND


def seconds(duration: int | Fraction | None) -> float | None:
    return None if duration is None else float(Fraction(duration) / 1_000_000)


def ratio(numerator: int | Fraction | None, denominator: int | None) -> Fraction | None:
    if numerator is None or not denominator:
        return None
    return Fraction(numerator) / denominator


def as_number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def total(values: Iterable[int | Fraction | None]) -> int | Fraction:
    return sum(value for value in values if value is not None)


# --- the data as the rules see them ---------------------------------------------------------


@dataclass
class Data:
    """Everything accepted, and the choices under which it is read."""

    rows: dict[str, list[Row]]
    measured: set[str]
    as_of: datetime | None
    reporting_time_zone: str
    max_login: timedelta
    threshold: Fraction
    response_clock: str

    def has(self, table: str) -> bool:
        return table in self.measured

    def only_row(self, table: str, key: str, value: str | None) -> Row | None:
        return next((row for row in self.rows[table] if row[key] == value), None)


@dataclass
class Turn:
    """A run of messages of one side; the agent is None for customers and unknown agents."""

    side: str
    agent_id: str | None
    messages: list[Row]
    contact: Contact | None
    number: int = 0
    is_agent_response: bool = False
    is_customer_response: bool = False
    response: int | None = None

    @property
    def first_at(self) -> datetime:
        return self.messages[0]["sent_at"]

    @property
    def last_at(self) -> datetime:
        return self.messages[-1]["sent_at"]


@dataclass
class Contact:
    """One stint of one agent in one session. Positions are places in the order of events."""

    story: Story
    number: int
    agent_id: str
    accepted_at: datetime
    accepted_position: int
    ended_at: datetime | None = None
    ended_position: int | None = None
    skill_id: str | None = None
    team_id: str | None = None
    campaign_id: str | None = None
    disposition: str | None = None
    is_transferred_out: bool = False
    is_transferred_in: bool = False
    agent_messages: list[Row] = field(default_factory=list)
    customer_messages: list[Row] = field(default_factory=list)
    focus: list[tuple[datetime, datetime]] = field(default_factory=list)

    def covers(self, instant: datetime) -> bool:
        return self.accepted_at <= instant and (self.ended_at is None or instant <= self.ended_at)

    def is_open_before(self, position: int) -> bool:
        return self.accepted_position < position and (
            self.ended_position is None or position <= self.ended_position
        )

    @property
    def duration(self) -> int | None:
        return None if self.ended_at is None else micros(self.accepted_at, self.ended_at)

    @property
    def first_response(self) -> int | None:
        """From the acceptance to the agent's first message in the contact."""
        if not self.agent_messages:
            return None
        return micros(self.accepted_at, min(row["sent_at"] for row in self.agent_messages))

    @property
    def agent_responses(self) -> list[Turn]:
        return [t for t in self.story.turns if t.contact is self and t.is_agent_response]

    @property
    def customer_responses(self) -> list[Turn]:
        return [t for t in self.story.turns if t.contact is self and t.is_customer_response]

    @property
    def follow_on_responses(self) -> list[Turn]:
        """What the agent answered after having answered once."""
        return self.agent_responses[1:]

    @property
    def focus_duration(self) -> int:
        return total(micros(start, end) for start, end in self.focus)


@dataclass
class Story:
    """One session with all that happened in it."""

    session: Row
    company_id: str
    zone: str
    medium: str
    events: list[Row]
    contacts: list[Contact] = field(default_factory=list)
    close_positions: list[int] = field(default_factory=list)
    is_closed: bool = False
    messages: list[Row] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    evaluation: Row | None = None
    evaluated_agent_id: str | None = None
    attachments: list[Row] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.session["session_id"]

    @property
    def is_digital(self) -> bool:
        return self.medium == "digital"

    @property
    def day(self) -> date:
        return day_of(self.zone, self.session["started_at"])

    @property
    def first_accepted_at(self) -> datetime | None:
        return self.contacts[0].accepted_at if self.contacts else None

    @property
    def last_close(self) -> Row | None:
        return self.events[self.close_positions[-1]] if self.close_positions else None

    @property
    def tags(self) -> list[str]:
        return sorted({row["tag_name"] for row in self.attachments})


@dataclass
class AgentSession:
    """All contacts of one agent in one session."""

    story: Story
    agent_id: str
    contacts: list[Contact]
    company_id: str
    zone: str

    @property
    def day(self) -> date:
        return day_of(self.zone, self.contacts[0].accepted_at)

    @property
    def agent_message_count(self) -> int:
        return sum(len(contact.agent_messages) for contact in self.contacts)

    @property
    def customer_message_count(self) -> int:
        return sum(len(contact.customer_messages) for contact in self.contacts)

    @property
    def is_ended(self) -> bool:
        return all(contact.ended_at is not None for contact in self.contacts)

    @property
    def duration(self) -> int | None:
        """Its contacts' lengths together, once all of them have ended."""
        return total(c.duration for c in self.contacts) if self.is_ended else None

    @property
    def first_response(self) -> int | None:
        """That of the first contact that has one."""
        return next(
            (c.first_response for c in self.contacts if c.first_response is not None), None
        )

    @property
    def responses(self) -> list[int]:
        return [turn.response for contact in self.contacts for turn in contact.agent_responses]

    @property
    def is_valid(self) -> bool:
        return self.agent_message_count > 0 and self.customer_message_count > 0

    @property
    def is_unreplied(self) -> bool:
        return self.agent_message_count == 0 and self.customer_message_count > 0

    @property
    def is_closed_by_agent(self) -> bool:
        return self.story.is_closed and closing_agent(self.story) == self.agent_id

    @property
    def score(self) -> int | None:
        """The session's score where the evaluation is this agent's."""
        if self.story.evaluated_agent_id != self.agent_id:
            return None
        return self.story.evaluation["score"]


def mean(durations: list[int]) -> Fraction | None:
    return Fraction(sum(durations), len(durations)) if durations else None


# --- companies, channels, teams, skills -----------------------------------------------------


def zone_of_company(data: Data, company_id: str) -> str:
    company = data.only_row("raw_companies", "company_id", company_id)
    return (company and company["time_zone"]) or data.reporting_time_zone


def company_of_agent(data: Data, agent_id: str) -> str:
    agent = data.only_row("raw_agents", "agent_id", agent_id)
    return (agent and agent["company_id"]) or "default"


def medium_of_channel(data: Data, channel_id: str | None) -> str:
    """voice, digital or neither; what is not described is digital."""
    channel = data.only_row("raw_channels", "channel_id", channel_id)
    if channel is None:
        return "digital"
    if channel["media_type"] == "voice":
        return "voice"
    return "neither" if channel["is_digital"] is False else "digital"


def team_at(data: Data, agent_id: str, instant: datetime) -> str | None:
    """The membership that holds at the instant; of several the one that began last."""
    holding = [
        row
        for row in data.rows["raw_agent_teams"]
        if row["agent_id"] == agent_id
        and row["valid_from"] <= instant
        and (row["valid_to"] is None or instant < row["valid_to"])
    ]
    return max(holding, key=lambda row: row["valid_from"])["team_id"] if holding else None


def skill_at(story: Story, position: int) -> str | None:
    """The acceptance's skill, else the last one that a queue or transfer before it named."""
    named = story.events[position]["skill_id"]
    for event in reversed(story.events[:position]):
        if event["event_type"] == "queued":
            named = named or event["skill_id"]
        elif event["event_type"] == "transferred":
            named = named or event["to_skill_id"]
    return named


def campaign_of(data: Data, story: Story, skill_id: str | None) -> str | None:
    skill = data.only_row("raw_skills", "skill_id", skill_id)
    return story.session["campaign_id"] or (skill and skill["campaign_id"])


# --- sessions and agent contacts ------------------------------------------------------------


def tell_events(story: Story) -> None:
    """Walks through the events: who held the session when, and which closes closed something."""
    is_open = True
    held: Contact | None = None

    def end_held_contact(position: int) -> None:
        nonlocal held
        if held is not None:
            held.ended_at = story.events[position]["occurred_at"]
            held.ended_position = position
            held = None

    for position, event in enumerate(story.events):
        kind = event["event_type"]
        if kind == "accepted":
            end_held_contact(position)
            held = Contact(
                story, len(story.contacts) + 1, event["agent_id"], event["occurred_at"], position
            )
            story.contacts.append(held)
        elif kind in ("transferred", "released"):
            if held is not None and event["agent_id"] in (None, held.agent_id):
                end_held_contact(position)
        elif kind == "closed" and is_open:
            end_held_contact(position)
            story.close_positions.append(position)
            is_open = False
        elif kind == "reopened":
            is_open = True
    story.is_closed = not is_open


def contact_open_before(story: Story, position: int) -> Contact | None:
    return next((c for c in story.contacts if c.is_open_before(position)), None)


def last_contact_before(
    story: Story, position: int, agent_id: str | None = None
) -> Contact | None:
    """The last contact begun before an event, of one agent where one is given."""
    earlier = [
        contact
        for contact in story.contacts
        if contact.accepted_position < position and agent_id in (None, contact.agent_id)
    ]
    return earlier[-1] if earlier else None


def mark_transfers_out(story: Story) -> None:
    """A transfer is the last contact's that its agent had begun by then, ended or not."""
    for position, event in enumerate(story.events):
        if event["event_type"] != "transferred":
            continue
        if event["agent_id"] is None:
            contact = contact_open_before(story, position)
        else:
            contact = last_contact_before(story, position, event["agent_id"])
        if contact is not None:
            contact.is_transferred_out = True


def receiver_of_transfer(story: Story, position: int) -> Contact | None:
    """Who gets a transfer: the named agent who already holds the session, else the next one."""
    held = contact_open_before(story, position)
    if (
        held is not None
        and held.ended_position != position
        and held.agent_id == story.events[position]["to_agent_id"]
    ):
        return held
    following = next((c for c in story.contacts if c.accepted_position > position), None)
    if following is None:
        return None
    if any(position < close < following.accepted_position for close in story.close_positions):
        return None
    return following


def mark_transfers_in(story: Story) -> None:
    for position, event in enumerate(story.events):
        if event["event_type"] == "transferred":
            receiver = receiver_of_transfer(story, position)
            if receiver is not None:
                receiver.is_transferred_in = True


def set_dispositions(story: Story) -> None:
    """An outcome is the last contact's that its agent had begun by then; the last outcome stays."""
    for position, event in enumerate(story.events):
        if event["event_type"] == "disposition_set":
            contact = last_contact_before(story, position, event["agent_id"])
            if contact is not None:
                contact.disposition = event["disposition"]


def queue_duration(story: Story, as_of: datetime) -> int | None:
    """Time in queues before the first acceptance; without any acceptance, all time in queues."""
    legs: list[int] = []
    waiting_since: datetime | None = None
    for event in story.events:
        if event["event_type"] not in ("queued", "accepted", "abandoned", "closed"):
            continue
        if waiting_since is not None:
            legs.append(micros(waiting_since, event["occurred_at"]))
            waiting_since = None
        if event["event_type"] == "queued":
            waiting_since = event["occurred_at"]
        if event["event_type"] == "accepted":
            return sum(legs)
    if waiting_since is not None:
        legs.append(micros(waiting_since, as_of))
    return sum(legs) if legs else None


def session_duration(story: Story) -> int | None:
    """From the first acceptance to the last close of a session that is closed now."""
    if not story.is_closed or not story.contacts:
        return None
    return micros(story.first_accepted_at, story.last_close["occurred_at"])


def resolution_duration(story: Story) -> int | None:
    """From the start to the last close of a session that is closed now."""
    if not story.is_closed:
        return None
    return micros(story.session["started_at"], story.last_close["occurred_at"])


def closing_agent(story: Story) -> str | None:
    """The agent who made the last close, unless somebody else is said to have made it."""
    close = story.last_close
    if close is None or close["actor_type"] not in (None, "agent"):
        return None
    return close["agent_id"]


# --- messages, turns, responses -------------------------------------------------------------


def is_public_human(message: Row) -> bool:
    return (
        message["sender_type"] in ("customer", "agent")
        and message["origin"] in (None, "human")
        and message["visibility"] in (None, "public")
    )


def contact_at(story: Story, instant: datetime, agent_id: str | None = None) -> Contact | None:
    """The contact that covers an instant, both ends included; where two do, the later one."""
    covering = [
        contact
        for contact in story.contacts
        if contact.covers(instant) and agent_id in (None, contact.agent_id)
    ]
    return covering[-1] if covering else None


def contact_of_message(story: Story, message: Row) -> Contact | None:
    """A customer writes to whoever holds the session, an agent in a contact of their own."""
    is_agent = message["sender_type"] == "agent"
    return contact_at(story, message["sent_at"], message["sender_id"] if is_agent else None)


def writer(story: Story, message: Row) -> str | None:
    """The agent who wrote; without a sender the one who holds the session, if anybody does."""
    if message["sender_type"] == "customer":
        return None
    if message["sender_id"] is not None:
        return message["sender_id"]
    holder = contact_at(story, message["sent_at"])
    return holder.agent_id if holder else None


def message_order(story: Story, message: Row) -> tuple:
    """By time and sequence; at a tie customers come first, agents by id, unknown ones last."""
    agent_id = writer(story, message)
    return (
        message["sent_at"],
        message["message_seq"] or 0,
        message["sender_type"] != "customer",
        agent_id is None,
        agent_id or "",
        message["message_id"],
    )


def give_messages_to_contacts(story: Story) -> None:
    for message in story.messages:
        contact = contact_of_message(story, message)
        if contact is None:
            continue
        if message["sender_type"] == "agent":
            contact.agent_messages.append(message)
        else:
            contact.customer_messages.append(message)


def find_turns(story: Story) -> None:
    """Joins neighbouring messages of one side; another agent is another side."""
    for message in sorted(story.messages, key=lambda row: message_order(story, row)):
        side, agent_id = message["sender_type"], writer(story, message)
        previous = story.turns[-1] if story.turns else None
        if previous and (previous.side, previous.agent_id) == (side, agent_id):
            previous.messages.append(message)
        else:
            contact = contact_of_message(story, message)
            story.turns.append(Turn(side, agent_id, [message], contact, len(story.turns) + 1))


def response_clock_start(story: Story, asked: Turn, answer: Turn, clock: str) -> datetime:
    """The question, or the acceptance where the agent only came to it later."""
    question_at = asked.first_at if clock == "first" else asked.last_at
    own_acceptances = [
        contact.accepted_at
        for contact in story.contacts
        if contact.agent_id == answer.agent_id and contact.accepted_at <= answer.first_at
    ]
    available_at = max(own_acceptances) if own_acceptances else story.first_accepted_at
    return max(question_at, available_at)


def find_responses(story: Story, clock: str) -> None:
    """A turn answers the turn of the other side right before it, once the session is accepted."""
    for asked, answer in zip(story.turns, story.turns[1:]):
        if not story.contacts or answer.first_at < story.first_accepted_at:
            continue
        if asked.side == "customer" and answer.side == "agent":
            answer.is_agent_response = True
            start = response_clock_start(story, asked, answer, clock)
            answer.response = micros(start, answer.first_at)
        if asked.side == "agent" and answer.side == "customer":
            answer.is_customer_response = True


def session_responses(story: Story) -> list[int]:
    return [turn.response for turn in story.turns if turn.is_agent_response]


def session_first_response(story: Story) -> int | None:
    """From the first acceptance to any agent's first message from then on."""
    answers = [
        row["sent_at"]
        for row in story.messages
        if story.contacts
        and row["sender_type"] == "agent"
        and row["sent_at"] >= story.first_accepted_at
    ]
    return micros(story.first_accepted_at, min(answers)) if answers else None


def is_valid_session(story: Story) -> bool:
    """Both sides have written since the first acceptance."""
    if not story.contacts:
        return False
    sides = {
        row["sender_type"] for row in story.messages if row["sent_at"] >= story.first_accepted_at
    }
    return sides == {"customer", "agent"}


# --- evaluations, tags, focus ---------------------------------------------------------------


def choose_evaluation(story: Story, evaluations: list[Row]) -> None:
    """The last submission counts, for the agent it names or for the last one accepted by then."""
    if not evaluations:
        return
    counting = max(evaluations, key=lambda row: (row["submitted_at"], row["evaluation_id"]))
    story.evaluation = counting
    if counting["agent_id"] is not None:
        if any(contact.agent_id == counting["agent_id"] for contact in story.contacts):
            story.evaluated_agent_id = counting["agent_id"]
        return
    by_then = [c for c in story.contacts if c.accepted_at <= counting["submitted_at"]]
    story.evaluated_agent_id = by_then[-1].agent_id if by_then else None


def find_standing_attachments(story: Story, tag_events: list[Row]) -> None:
    """Each message's attachments of a tag are a stack; a detach without message clears the tag."""
    standing: list[Row] = []
    for event in sorted(tag_events, key=lambda row: (row["occurred_at"], row["event_id"])):
        if event["event_type"] == "attached":
            standing.append(event)
            continue
        of_tag = [row for row in standing if row["tag_name"] == event["tag_name"]]
        if event["message_id"] is None:
            undone = of_tag
        else:
            undone = [row for row in of_tag if row["message_id"] == event["message_id"]][-1:]
        standing = [row for row in standing if row not in undone]
    story.attachments = standing


def focus_intervals(
    agent_events: list[Row], as_of: datetime
) -> Iterator[tuple[str, datetime, datetime]]:
    """An agent looks at one session until blurring it or looking at anything again."""
    ordered = sorted(agent_events, key=lambda row: (row["occurred_at"], row["event_id"]))
    for position, event in enumerate(ordered):
        if event["event_type"] != "focus":
            continue
        ends = (
            later["occurred_at"]
            for later in ordered[position + 1 :]
            if later["event_type"] == "focus" or later["session_id"] == event["session_id"]
        )
        yield event["session_id"], event["occurred_at"], next(ends, as_of)


def give_focus_to_contacts(data: Data, stories: dict[str, Story]) -> None:
    """Only what lies within the agent's own contacts, and has a length, counts."""
    by_agent: dict[str, list[Row]] = defaultdict(list)
    for row in data.rows["raw_focus_events"]:
        by_agent[row["agent_id"]].append(row)
    for agent_id, events in by_agent.items():
        for session_id, start, end in focus_intervals(events, data.as_of):
            for contact in stories[session_id].contacts:
                if contact.agent_id != agent_id:
                    continue
                clipped_start = max(start, contact.accepted_at)
                clipped_end = min(end, contact.ended_at or data.as_of)
                if clipped_start < clipped_end:
                    contact.focus.append((clipped_start, clipped_end))


# --- presence -------------------------------------------------------------------------------


@dataclass
class Spell:
    """One stretch of presence with the states that were set in it."""

    changes: list[tuple[datetime, str]]
    ended_at: datetime | None = None
    is_inferred_end: bool = False


def state_at_login(login: Row, events: list[Row]) -> str:
    """Idle, unless a state is set at that very instant."""
    said = [
        event["state"]
        for event in events
        if event["event_type"] == "state" and event["occurred_at"] == login["occurred_at"]
    ]
    return said[-1] if said else "idle"


def presence_spells(events: list[Row], as_of: datetime, max_login: timedelta) -> list[Spell]:
    """Follows one agent's devices; who falls silent for too long is taken to have left."""
    events = sorted(events, key=event_order)
    spells: list[Spell] = []
    devices: set[str | None] = set()

    def leave(at: datetime, is_inferred: bool) -> None:
        spells[-1].ended_at = at
        spells[-1].is_inferred_end = is_inferred
        devices.clear()

    previous_at: datetime | None = None
    for event in events:
        at, kind, device = event["occurred_at"], event["event_type"], event["device_id"]
        if devices and kind == "login" and at - previous_at > max_login:
            leave(previous_at + max_login, is_inferred=True)
        previous_at = at

        if kind == "login":
            if not devices:
                spells.append(Spell([(at, state_at_login(event, events))]))
            devices.add(device)
        elif kind == "state":
            if not devices:
                spells.append(Spell([]))
                devices.add(device)
            spells[-1].changes.append((at, event["state"]))
        elif devices:
            remaining = set() if device is None else devices - {device}
            if remaining:
                devices = remaining
            else:
                leave(at, is_inferred=False)

    if devices:
        if as_of - previous_at > max_login:
            leave(previous_at + max_login, is_inferred=True)
        else:
            leave(as_of, is_inferred=False)
    return spells


def state_intervals(spell: Spell) -> list[tuple[str, datetime, datetime]]:
    """The spell's states without those that lasted no time, like neighbours joined."""
    intervals: list[tuple[str, datetime, datetime]] = []
    ends = [at for at, _ in spell.changes[1:]] + [spell.ended_at]
    for (start, state), end in zip(spell.changes, ends):
        if start == end:
            continue
        if intervals and intervals[-1][0] == state:
            intervals[-1] = (state, intervals[-1][1], end)
        else:
            intervals.append((state, start, end))
    return intervals


def agent_states(data: Data) -> list[Record]:
    by_agent: dict[str, list[Row]] = defaultdict(list)
    for row in data.rows["raw_agent_events"]:
        by_agent[row["agent_id"]].append(row)
    records = []
    for agent_id, events in sorted(by_agent.items()):
        company_id = company_of_agent(data, agent_id)
        zone = zone_of_company(data, company_id)
        for spell in presence_spells(events, data.as_of, data.max_login):
            for state, start, end in state_intervals(spell):
                for day, piece_start, piece_end in cut_at_midnight(zone, start, end):
                    records.append(
                        {
                            "agent_id": agent_id,
                            "company_id": company_id,
                            "state": state,
                            "date_day": day,
                            "started_at": piece_start,
                            "ended_at": piece_end,
                            "seconds": seconds(micros(piece_start, piece_end)),
                            "is_inferred_end": (
                                spell.is_inferred_end and piece_end == spell.ended_at
                            ),
                        }
                    )
    return records


# --- stories --------------------------------------------------------------------------------


def tell_stories(data: Data) -> list[Story]:
    events_of = by_session(data.rows["raw_session_events"])
    messages_of = by_session(data.rows["raw_messages"])
    evaluations_of = by_session(data.rows["raw_evaluations"])
    tag_events_of = by_session(data.rows["raw_tag_events"])
    stories: dict[str, Story] = {}
    for session in sorted(data.rows["raw_sessions"], key=lambda row: row["session_id"]):
        company_id = session["company_id"] or "default"
        story = Story(
            session,
            company_id,
            zone_of_company(data, company_id),
            medium_of_channel(data, session["channel_id"]),
            sorted(events_of[session["session_id"]], key=event_order),
            messages=[row for row in messages_of[session["session_id"]] if is_public_human(row)],
        )
        tell_events(story)
        mark_transfers_out(story)
        mark_transfers_in(story)
        set_dispositions(story)
        for contact in story.contacts:
            contact.skill_id = skill_at(story, contact.accepted_position)
            contact.team_id = team_at(data, contact.agent_id, contact.accepted_at)
            contact.campaign_id = campaign_of(data, story, contact.skill_id)
        give_messages_to_contacts(story)
        find_turns(story)
        find_responses(story, data.response_clock)
        choose_evaluation(story, evaluations_of[story.id])
        find_standing_attachments(story, tag_events_of[story.id])
        stories[story.id] = story
    give_focus_to_contacts(data, stories)
    return list(stories.values())


def agent_sessions(data: Data, stories: list[Story]) -> list[AgentSession]:
    found = []
    for story in stories:
        for agent_id in sorted({contact.agent_id for contact in story.contacts}):
            own = [contact for contact in story.contacts if contact.agent_id == agent_id]
            company_id = company_of_agent(data, agent_id)
            zone = zone_of_company(data, company_id)
            found.append(AgentSession(story, agent_id, own, company_id, zone))
    return found


# --- facts ----------------------------------------------------------------------------------


def session_record(data: Data, story: Story) -> Record:
    messages, evaluations = data.has("raw_messages"), data.has("raw_evaluations")
    responses = session_responses(story)
    return {
        **{
            column: story.session[column]
            for column in (
                "session_id", "customer_id", "channel_id", "direction", "contact_type",
                "campaign_id", "initiated_by", "started_at",
            )
        },
        "company_id": story.company_id,
        "date_day": story.day,
        "is_digital": story.is_digital,
        "is_accepted": bool(story.contacts),
        "is_closed": story.is_closed,
        "is_valid": story.is_digital and is_valid_session(story) if messages else None,
        "first_accepted_at": story.first_accepted_at,
        "last_closed_at": story.last_close and story.last_close["occurred_at"],
        "closed_by_agent_id": closing_agent(story),
        "agent_contact_count": len(story.contacts),
        "close_count": len(story.close_positions),
        "queue_seconds": seconds(queue_duration(story, data.as_of)),
        "session_seconds": seconds(session_duration(story)),
        "resolution_seconds": seconds(resolution_duration(story)),
        "first_response_seconds": seconds(session_first_response(story)) if messages else None,
        "response_count": len(responses) if messages else None,
        "response_seconds": seconds(sum(responses)) if messages else None,
        "avg_response_seconds": seconds(mean(responses)) if messages else None,
        "score": story.evaluation["score"] if evaluations and story.evaluation else None,
        "evaluated_agent_id": story.evaluated_agent_id,
    }


def contact_dimensions(contact: Contact) -> Record:
    session = contact.story.session
    return {
        "company_id": contact.story.company_id,
        "agent_id": contact.agent_id,
        "team_id": contact.team_id,
        "skill_id": contact.skill_id,
        "campaign_id": contact.campaign_id,
        "channel_id": session["channel_id"],
        "disposition": contact.disposition,
        "direction": session["direction"],
        "contact_type": session["contact_type"],
    }


def contact_record(data: Data, contact: Contact) -> Record:
    messages, focus = data.has("raw_messages"), data.has("raw_focus_events")
    follow_on = total(turn.response for turn in contact.follow_on_responses)
    return {
        "session_id": contact.story.id,
        "contact_number": contact.number,
        **contact_dimensions(contact),
        "customer_id": contact.story.session["customer_id"],
        "date_day": day_of(contact.story.zone, contact.accepted_at),
        "is_digital": contact.story.is_digital,
        "is_voice": contact.story.medium == "voice",
        "is_transferred_out": contact.is_transferred_out,
        "is_transferred_in": contact.is_transferred_in,
        "accepted_at": contact.accepted_at,
        "ended_at": contact.ended_at,
        "contact_seconds": seconds(contact.duration),
        "agent_message_count": len(contact.agent_messages) if messages else None,
        "customer_message_count": len(contact.customer_messages) if messages else None,
        "agent_response_count": len(contact.agent_responses) if messages else None,
        "customer_response_count": len(contact.customer_responses) if messages else None,
        "first_response_seconds": seconds(contact.first_response) if messages else None,
        "follow_on_response_count": len(contact.follow_on_responses) if messages else None,
        "follow_on_response_seconds": seconds(follow_on) if messages else None,
        "focus_count": len(contact.focus) if focus else None,
        "focus_seconds": seconds(contact.focus_duration) if focus else None,
    }


def agent_session_record(data: Data, stint: AgentSession) -> Record:
    messages = data.has("raw_messages")
    return {
        "session_id": stint.story.id,
        "agent_id": stint.agent_id,
        "company_id": stint.company_id,
        "customer_id": stint.story.session["customer_id"],
        "channel_id": stint.story.session["channel_id"],
        "date_day": stint.day,
        "is_digital": stint.story.is_digital,
        "is_ended": stint.is_ended,
        "is_transferred_out": any(contact.is_transferred_out for contact in stint.contacts),
        "is_transferred_in": any(contact.is_transferred_in for contact in stint.contacts),
        "is_closed_by_agent": stint.is_closed_by_agent,
        "is_valid": stint.story.is_digital and stint.is_valid if messages else None,
        "is_unreplied": stint.story.is_digital and stint.is_unreplied if messages else None,
        "first_accepted_at": stint.contacts[0].accepted_at,
        "agent_contact_count": len(stint.contacts),
        "session_seconds": seconds(stint.duration),
        "agent_message_count": stint.agent_message_count if messages else None,
        "customer_message_count": stint.customer_message_count if messages else None,
        "first_response_seconds": seconds(stint.first_response) if messages else None,
        "response_count": len(stint.responses) if messages else None,
        "response_seconds": seconds(sum(stint.responses)) if messages else None,
        "avg_response_seconds": seconds(mean(stint.responses)) if messages else None,
        "score": stint.score,
    }


def turn_record(story: Story, turn: Turn) -> Record:
    return {
        "session_id": story.id,
        "turn_number": turn.number,
        "side": turn.side,
        "agent_id": turn.agent_id,
        "contact_number": turn.contact and turn.contact.number,
        "started_at": turn.first_at,
        "ended_at": turn.last_at,
        "message_count": len(turn.messages),
        "is_agent_response": turn.is_agent_response,
        "is_customer_response": turn.is_customer_response,
        "response_seconds": seconds(turn.response),
    }


def focus_records(contact: Contact) -> list[Record]:
    return [
        {
            "session_id": contact.story.id,
            "agent_id": contact.agent_id,
            "contact_number": contact.number,
            "started_at": start,
            "ended_at": end,
            "focus_seconds": seconds(micros(start, end)),
        }
        for start, end in sorted(contact.focus)
    ]


# --- indicators -----------------------------------------------------------------------------


def blank_unless(is_measured: bool, figures: Record) -> Record:
    """Figures of a table that was never delivered are unknown, not zero."""
    return figures if is_measured else dict.fromkeys(figures)


def response_indicators(means: list[Fraction | None], responses: list[int]) -> Record:
    """The mean of the sessions' means that are not zero, and the mean of all responses."""
    positive = [value for value in means if value]
    return {
        "mean_response_seconds": seconds(total(positive)),
        "mean_response_session_count": len(positive),
        "avg_response_seconds": seconds(ratio(total(positive), len(positive))),
        "response_seconds": seconds(sum(responses)),
        "response_count": len(responses),
        "pooled_avg_response_seconds": seconds(mean(responses)),
    }


def session_indicators(data: Data, stories: list[Story]) -> Record:
    """S1 to S9 of some sessions."""
    human = [story for story in stories if story.contacts]
    queues = total(queue_duration(story, data.as_of) for story in human)
    durations = [session_duration(story) for story in human if story.is_closed]
    firsts = [
        value for value in map(session_first_response, stories) if value is not None
    ]
    scores = [story.evaluation["score"] for story in stories if story.evaluation]
    return {
        "session_count": len(stories),
        "human_session_count": len(human),
        "queue_seconds": seconds(queues),
        "avg_queue_seconds": seconds(ratio(queues, len(human))),
        "closed_human_session_count": len(durations),
        "session_seconds": seconds(sum(durations)),
        "avg_session_seconds": seconds(mean(durations)),
        **blank_unless(
            data.has("raw_messages"),
            {
                "valid_session_count": sum(
                    story.is_digital and is_valid_session(story) for story in stories
                ),
                "first_response_seconds": seconds(sum(firsts)),
                "first_response_session_count": len(firsts),
                "avg_first_response_seconds": seconds(mean(firsts)),
                **response_indicators(
                    [mean(session_responses(story)) for story in stories],
                    [value for story in stories for value in session_responses(story)],
                ),
            },
        ),
        **blank_unless(
            data.has("raw_evaluations"),
            {
                "evaluated_session_count": len(scores),
                **{f"score_{k}_session_count": scores.count(k) for k in range(1, 6)},
                **{
                    f"score_{k}_rate": as_number(ratio(scores.count(k), len(scores)))
                    for k in range(1, 6)
                },
            },
        ),
    }


def satisfaction_records(stories: list[Story]) -> list[Record]:
    """Five rows for each company and day with an evaluated session."""
    groups = grouped(
        [story for story in stories if story.evaluation],
        lambda story: {"company_id": story.company_id, "date_day": story.day},
    )
    records = []
    for dimensions, members in groups:
        scores = [story.evaluation["score"] for story in members]
        for k in range(1, 6):
            records.append(
                {
                    **dimensions,
                    "score": k,
                    "session_count": scores.count(k),
                    "session_rate": as_number(ratio(scores.count(k), len(scores))),
                }
            )
    return records


def presence_indicators(data: Data, states: list[Record], clock_events: list[Row]) -> Record:
    """A1 to A8."""
    spent = {
        state: total(
            micros(row["started_at"], row["ended_at"]) for row in states if row["state"] == state
        )
        for state in ("idle", "busy", "break")
    }
    presence = sum(spent.values())
    logins = [row["occurred_at"] for row in clock_events if row["event_type"] == "login"]
    logouts = [row["occurred_at"] for row in clock_events if row["event_type"] == "logout"]
    return blank_unless(
        data.has("raw_agent_events"),
        {
            "first_login_at": min(logins, default=None),
            "last_logout_at": max(logouts, default=None),
            "presence_seconds": seconds(presence),
            **{f"{state}_seconds": seconds(spent[state]) for state in spent},
            **{f"{state}_rate": as_number(ratio(spent[state], presence)) for state in spent},
        },
    )


def agent_session_indicators(data: Data, stints: list[AgentSession]) -> Record:
    """A9 to A26."""
    digital = [stint for stint in stints if stint.story.is_digital]
    durations = [stint.duration for stint in stints if stint.is_ended]
    firsts = [stint.first_response for stint in stints if stint.first_response is not None]
    scores = [stint.score for stint in stints if stint.score is not None]
    satisfied = sum(score >= 4 for score in scores)
    customers = {stint.story.session["customer_id"] for stint in stints} - {None}
    agent_messages = sum(stint.agent_message_count for stint in stints)
    customer_messages = sum(stint.customer_message_count for stint in stints)
    unreplied = sum(stint.is_unreplied for stint in digital)

    def is_within_threshold(duration: int | Fraction | None) -> bool:
        return duration is not None and duration <= data.threshold * 1_000_000

    first_within = sum(is_within_threshold(stint.first_response) for stint in digital)
    mean_within = sum(is_within_threshold(mean(stint.responses)) for stint in digital)
    return {
        "session_count": len(stints),
        "digital_session_count": len(digital),
        "transferred_session_count": sum(
            any(contact.is_transferred_out for contact in stint.contacts) for stint in stints
        ),
        "transferred_in_session_count": sum(
            any(contact.is_transferred_in for contact in stint.contacts) for stint in stints
        ),
        "agent_closed_session_count": sum(stint.is_closed_by_agent for stint in stints),
        "customer_count": len(customers),
        "session_seconds": seconds(sum(durations)),
        "ended_session_count": len(durations),
        "avg_session_seconds": seconds(mean(durations)),
        **blank_unless(
            data.has("raw_messages"),
            {
                "valid_session_count": sum(stint.is_valid for stint in digital),
                "message_count": agent_messages + customer_messages,
                "agent_message_count": agent_messages,
                "customer_message_count": customer_messages,
                "unreplied_session_count": unreplied,
                "unreplied_rate": as_number(ratio(unreplied, len(digital))),
                "first_response_seconds": seconds(sum(firsts)),
                "first_response_session_count": len(firsts),
                "avg_first_response_seconds": seconds(mean(firsts)),
                "first_response_within_30s_session_count": first_within,
                "first_response_within_30s_rate": as_number(ratio(first_within, len(digital))),
                "response_within_30s_session_count": mean_within,
                "response_within_30s_rate": as_number(ratio(mean_within, len(digital))),
                **response_indicators(
                    [mean(stint.responses) for stint in stints],
                    [value for stint in stints for value in stint.responses],
                ),
            },
        ),
        **blank_unless(
            data.has("raw_evaluations"),
            {
                "evaluated_session_count": len(scores),
                "satisfied_session_count": satisfied,
                "satisfaction_rate": as_number(ratio(satisfied, len(scores))),
            },
        ),
    }


@dataclass
class Close:
    """One close of a session and the contact it is counted for."""

    contact: Contact
    at: datetime
    is_final: bool


def closes_of(story: Story) -> list[Close]:
    """Every close that closed something goes to the last contact begun before it, if any."""
    closes = []
    for position in story.close_positions:
        contact = last_contact_before(story, position)
        if contact is not None:
            is_final = story.is_closed and position == story.close_positions[-1]
            closes.append(Close(contact, story.events[position]["occurred_at"], is_final))
    return closes


def digital_indicators(data: Data, members: list[Contact | Close]) -> Record:
    """N1 to N19 of the contacts and closes of one row, which all are of one channel."""
    contacts = [member for member in members if isinstance(member, Contact)]
    closes = [member for member in members if isinstance(member, Close)]
    is_voice = (contacts or [close.contact for close in closes])[0].story.medium == "voice"

    agent_responses = sum(len(contact.agent_responses) for contact in contacts)
    customer_responses = sum(len(contact.customer_responses) for contact in contacts)
    customer_responded = sum(bool(contact.customer_responses) for contact in contacts)
    follow_on_count = sum(len(contact.follow_on_responses) for contact in contacts)
    follow_on = total(
        turn.response for contact in contacts for turn in contact.follow_on_responses
    )
    first_responses = total(contact.first_response for contact in contacts)
    responded = sum((contact.first_response or 0) > 0 for contact in contacts)

    ended = [contact for contact in contacts if contact.ended_at is not None]
    ended_duration = total(contact.duration for contact in ended)
    ended_focus = total(contact.focus_duration for contact in ended)

    resolved = {
        close.contact.story.id: resolution_duration(close.contact.story)
        for close in closes
        if close.is_final
    }

    answered = len(contacts) if is_voice else responded
    if not is_voice and not data.has("raw_messages"):
        answered = None
    return {
        "agent_contact_count": len(contacts),
        "answered_agent_contact_count": answered,
        "first_response_rate": as_number(ratio(answered, len(contacts))),
        **blank_unless(
            not is_voice,
            {
                "digital_agent_contact_count": len(contacts),
                "agent_contact_seconds": seconds(ended_duration),
                "close_count": len(closes),
                "closed_session_count": len(resolved),
                "resolution_seconds": seconds(sum(resolved.values())),
                "avg_resolution_seconds": seconds(
                    ratio(sum(resolved.values()), len(resolved))
                ),
            },
        ),
        **blank_unless(
            not is_voice and data.has("raw_messages"),
            {
                "first_response_seconds": seconds(first_responses),
                "agent_message_count": sum(len(c.agent_messages) for c in contacts),
                "agent_response_count": agent_responses,
                "responded_agent_contact_count": responded,
                "avg_first_response_seconds": seconds(ratio(first_responses, responded)),
                "avg_agent_response_count": as_number(ratio(agent_responses, len(contacts))),
                "customer_response_count": customer_responses,
                "customer_responded_agent_contact_count": customer_responded,
                "avg_customer_response_count": as_number(
                    ratio(customer_responses, customer_responded)
                ),
                "follow_on_response_count": follow_on_count,
                "follow_on_response_seconds": seconds(follow_on),
                "avg_follow_on_response_seconds": seconds(ratio(follow_on, follow_on_count)),
                "response_count": agent_responses + customer_responses,
            },
        ),
        **blank_unless(
            not is_voice and data.has("raw_focus_events"),
            {
                "focus_count": sum(len(contact.focus) for contact in contacts),
                "focus_seconds": seconds(total(c.focus_duration for c in contacts)),
                "ended_focus_seconds": seconds(ended_focus),
                "focus_rate": as_number(ratio(ended_focus, ended_duration)),
            },
        ),
    }


# --- marts ----------------------------------------------------------------------------------


def grouped(members: Iterable[Any], dimensions: Callable[[Any], Record]) -> list[tuple]:
    """Members that share their dimensions, as (dimensions, members)."""
    groups: dict[tuple, list[Any]] = defaultdict(list)
    for member in members:
        groups[tuple(dimensions(member).items())].append(member)
    return [(dict(key), groups[key]) for key in sorted(groups, key=str)]


def session_marts(data: Data, stories: list[Story]) -> dict[str, list[Record]]:
    daily = grouped(stories, lambda s: {"company_id": s.company_id, "date_day": s.day})
    overall = grouped(stories, lambda s: {"company_id": s.company_id})
    return {
        "session_analysis_daily": [
            {**dimensions, **session_indicators(data, members)} for dimensions, members in daily
        ],
        "session_analysis_aggregated": [
            {**dimensions, **session_indicators(data, members)} for dimensions, members in overall
        ],
        "satisfaction_daily": satisfaction_records(stories),
    }


def agent_marts(
    data: Data, stints: list[AgentSession], states: list[Record]
) -> dict[str, list[Record]]:
    """A row for each agent (and day) with presence, a login or logout, or a session."""
    clock_events = []
    for event in data.rows["raw_agent_events"]:
        if event["event_type"] in ("login", "logout"):
            company_id = company_of_agent(data, event["agent_id"])
            day = day_of(zone_of_company(data, company_id), event["occurred_at"])
            clock_events.append((event["agent_id"], day, event))

    def rows(with_day: bool) -> list[Record]:
        found: dict[tuple, tuple[list, list, list]] = defaultdict(lambda: ([], [], []))
        for stint in stints:
            found[stint.agent_id, stint.day if with_day else None][0].append(stint)
        for state in states:
            found[state["agent_id"], state["date_day"] if with_day else None][1].append(state)
        for agent_id, day, event in clock_events:
            found[agent_id, day if with_day else None][2].append(event)
        return [
            {
                "company_id": company_of_agent(data, agent_id),
                "agent_id": agent_id,
                **({"date_day": day} if with_day else {}),
                **presence_indicators(data, agent_states_here, agent_events_here),
                **agent_session_indicators(data, agent_stints_here),
            }
            for (agent_id, day), (agent_stints_here, agent_states_here, agent_events_here) in
            sorted(found.items(), key=str)
        ]

    return {"agent_analysis_daily": rows(True), "agent_analysis_aggregated": rows(False)}


def digital_marts(data: Data, stories: list[Story]) -> dict[str, list[Record]]:
    """Contacts stand on the day of their acceptance, closes on their own, in the same rows."""
    countable = [story for story in stories if story.medium in ("digital", "voice")]
    members: list[Contact | Close] = [
        member
        for story in countable
        # Of a voice channel only the response rate is known, and closes say nothing of that.
        for member in story.contacts + (closes_of(story) if story.is_digital else [])
    ]

    def contact_of(member: Contact | Close) -> Contact:
        return member if isinstance(member, Contact) else member.contact

    def overall(member: Contact | Close) -> Record:
        return contact_dimensions(contact_of(member))

    def daily(member: Contact | Close) -> Record:
        at = member.accepted_at if isinstance(member, Contact) else member.at
        return {"date_day": day_of(contact_of(member).story.zone, at), **overall(member)}

    def daily_with_tag(pair: tuple[str, Contact | Close]) -> Record:
        return {**daily(pair[1]), "tag_name": pair[0]}

    tagged = [(tag, member) for member in members for tag in contact_of(member).story.tags]
    return {
        "digital_metrics_daily": [
            {**dimensions, **digital_indicators(data, group)}
            for dimensions, group in grouped(members, daily)
        ],
        "digital_metrics_aggregated": [
            {**dimensions, **digital_indicators(data, group)}
            for dimensions, group in grouped(members, overall)
        ],
        "digital_metrics_by_tag_daily": [
            {**dimensions, **digital_indicators(data, [member for _, member in group])}
            for dimensions, group in grouped(tagged, daily_with_tag)
        ],
    }


def tag_mart(stories: list[Story]) -> list[Record]:
    """N20: attachments that stand, on the days they were made."""
    attachments = [
        (story, row) for story in stories if story.is_digital for row in story.attachments
    ]
    groups = grouped(
        attachments,
        lambda pair: {
            "company_id": pair[0].company_id,
            "date_day": day_of(pair[0].zone, pair[1]["occurred_at"]),
            "tag_name": pair[1]["tag_name"],
        },
    )
    return [
        {
            **dimensions,
            "tag_count": len(members),
            "tagged_session_count": len({story.id for story, _ in members}),
        }
        for dimensions, members in groups
    ]


# --- the feed itself ------------------------------------------------------------------------


def written(value: Any) -> str | None:
    """A part of a key as text: an instant in UTC without an offset."""
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return value


def quarantine_records(feed: dict[str, list[Row]]) -> list[Record]:
    records = []
    for name, rows in feed.items():
        for row in rows:
            if row.fate in (ACCEPTED, DUPLICATE):
                continue
            key = [written(row.content(column)) for column in TABLES[name].key]
            records.append(
                {
                    "table_name": name,
                    "row_key": None if None in key else "|".join(key),
                    "reason": row.fate,
                    "row_text": json.dumps(row.raw, ensure_ascii=False, sort_keys=True),
                    "ingested_at": row.ingested_at,
                }
            )
    return records


def feed_records(feed: dict[str, list[Row]], measured: set[str]) -> list[Record]:
    records = []
    for name, rows in feed.items():
        fates = [row.fate for row in rows]
        accepted, duplicates = fates.count(ACCEPTED), fates.count(DUPLICATE)
        counts = {
            "raw_row_count": len(rows),
            "accepted_row_count": accepted,
            "duplicate_row_count": duplicates,
            "quarantined_row_count": len(rows) - accepted - duplicates,
        }
        is_measured = name in measured
        records.append(
            {
                "table_name": name,
                "is_measured": is_measured,
                **blank_unless(is_measured, counts),
            }
        )
    return records


def latest_event_time(rows: dict[str, list[Row]]) -> datetime | None:
    """When the data end: the last instant of any accepted session or event."""
    instants = [
        row[TABLES[name].time]
        for name, accepted in rows.items()
        if TABLES[name].time
        for row in accepted
    ]
    return max(instants, default=None)


def compute(
    tables: dict[str, list[dict[str, str | None]] | None],
    *,
    as_of: datetime | str | None = None,
    reporting_time_zone: str = "UTC",
    max_login_hours: float = 24,
    response_threshold_seconds: float = 30,
    response_clock: str = "first",
    now: datetime | None = None,
) -> dict[str, list[Record]]:
    """Every relation with figures from contract tables of text; None or missing: not measured.

    Instants are aware datetimes in UTC, days are dates, seconds and ratios floats. `now` is when
    rows without `ingested_at` landed.
    """
    chosen_as_of = read_time(as_of) if isinstance(as_of, str) else as_of
    now = now or datetime.now(UTC)
    measured = {name for name in TABLES if tables.get(name) is not None}
    feed = {
        name: [
            row
            for row in (Row(table, raw, now) for raw in tables.get(name) or ())
            if not later_than(row, table.time, chosen_as_of)
        ]
        for name, table in TABLES.items()
    }
    judge(feed)
    rows = {name: accepted_rows(table_rows) for name, table_rows in feed.items()}
    data = Data(
        rows,
        measured,
        chosen_as_of or latest_event_time(rows),
        reporting_time_zone,
        timedelta(hours=max_login_hours),
        Fraction(str(response_threshold_seconds)),
        response_clock,
    )

    stories = tell_stories(data)
    stints = agent_sessions(data, stories)
    states = agent_states(data)
    contacts = [contact for story in stories for contact in story.contacts]
    return {
        **session_marts(data, stories),
        **agent_marts(data, stints, states),
        **digital_marts(data, stories),
        "tag_metrics_daily": tag_mart(stories),
        "fct_sessions": [session_record(data, story) for story in stories],
        "fct_agent_contacts": [contact_record(data, contact) for contact in contacts],
        "fct_agent_sessions": [agent_session_record(data, stint) for stint in stints],
        "fct_turns": [turn_record(story, turn) for story in stories for turn in story.turns],
        "fct_agent_states": states,
        "fct_focus": [record for contact in contacts for record in focus_records(contact)],
        "quarantined_rows": quarantine_records(feed),
        "feed_quality": feed_records(feed, measured),
    }
