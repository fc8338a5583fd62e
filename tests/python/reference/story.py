"""The data as the rules see them: a session with its contacts and turns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction

from reference.arithmetic import micros, total
from reference.contract import Row
from reference.days import day_of


@dataclass(frozen=True)
class Matters:
    """The choices of business hours, repeats, backlog and bots."""

    calendar_horizon_days: int
    repeat_window: timedelta
    repeat_scope: str
    repeat_directions: tuple[str | None, ...]
    max_open: timedelta
    bot_repeat: timedelta


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
    first_at: datetime | None
    measured_from: dict[str, datetime | None]
    default_targets: dict[str, Fraction]
    max_wrap_up: timedelta
    matters: Matters
    feed: str
    # When each calendar is open, in order.
    open_spans: dict[str, list[tuple[datetime, datetime]]] = field(default_factory=dict)

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
    response_started_at: datetime | None = None

    @property
    def first_at(self) -> datetime:
        return self.messages[0]["sent_at"]

    @property
    def last_at(self) -> datetime:
        return self.messages[-1]["sent_at"]


@dataclass
class Contact:
    """One agent in one session, from an acceptance to its end.

    Positions are places in the order of events.
    """

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
    # The event with which the agent began to look at it, and from when to when.
    focus: list[tuple[str, datetime, datetime]] = field(default_factory=list)
    hold: int | None = None
    is_wrap_up_measured: bool = False
    wrap_up_started_at: datetime | None = None
    wrap_up_ended_at: datetime | None = None
    is_wrap_up_end_inferred: bool | None = None
    attributed_nanoseconds: int = 0

    @property
    def id(self) -> str:
        return f"{self.story.id}#{self.number}"

    def covers(self, instant: datetime) -> bool:
        return self.accepted_at <= instant and (self.ended_at is None or instant <= self.ended_at)

    def is_open_before(self, position: int) -> bool:
        return self.accepted_position < position and (
            self.ended_position is None or position <= self.ended_position
        )

    @property
    def ended_by(self) -> str | None:
        if self.ended_position is None:
            return None
        return self.story.events[self.ended_position]["event_type"]

    @property
    def duration(self) -> int | None:
        return None if self.ended_at is None else micros(self.accepted_at, self.ended_at)

    @property
    def engaged(self) -> int | None:
        """What the contact lasted without its holds."""
        return None if self.hold is None else self.duration - self.hold

    @property
    def wrap_up(self) -> int | None:
        """Nothing where there was none; unknown while it or its contact goes on."""
        if not self.is_wrap_up_measured or self.ended_at is None:
            return None
        if self.wrap_up_started_at is None:
            return 0
        if self.wrap_up_ended_at is None:
            return None
        return micros(self.wrap_up_started_at, self.wrap_up_ended_at)

    @property
    def handle(self) -> int | None:
        """The contact with its wrap-up."""
        return None if self.wrap_up is None else self.duration + self.wrap_up

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
        return total(micros(start, end) for _, start, end in self.focus)


@dataclass
class Leg:
    """One wait in one queue."""

    story: Story
    number: int
    queued_at: datetime
    ended_at: datetime | None
    end_type: str | None
    result: str
    entered_by: str
    is_before_first_acceptance: bool
    skill_id: str | None
    campaign_id: str | None
    service_level: Fraction
    short_abandon: Fraction

    @property
    def day(self) -> date:
        return day_of(self.story.zone, self.queued_at)

    @property
    def duration(self) -> int | None:
        return None if self.ended_at is None else micros(self.queued_at, self.ended_at)

    def is_within(self, target: Fraction) -> bool | None:
        """Whether the wait was at most so many seconds; unknown while it goes on."""
        return None if self.duration is None else self.duration <= target * 1_000_000


@dataclass
class Offer:
    """One offer of a session to an agent."""

    story: Story
    position: int
    agent_id: str
    skill_id: str | None
    offered_at: datetime
    ended_at: datetime | None
    outcome: str

    @property
    def ring(self) -> int | None:
        return None if self.ended_at is None else micros(self.offered_at, self.ended_at)


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
    # Those between people in public, and all of them.
    messages: list[Row] = field(default_factory=list)
    all_messages: list[Row] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    evaluation: Row | None = None
    evaluated_agent_id: str | None = None
    attachments: list[Row] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    reopened_count: int = 0

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


def agent_of_close(close: Row) -> str | None:
    """The agent whom it names, unless somebody else is said to have made it."""
    return close["agent_id"] if close["actor_type"] in (None, "agent") else None


def closing_agent(story: Story) -> str | None:
    """The agent who made the last close."""
    return story.last_close and agent_of_close(story.last_close)


def closing_actor(story: Story) -> str | None:
    """Who made the last close: an agent too where only an agent is named."""
    close = story.last_close
    if close is None or close["actor_type"] is not None:
        return close and close["actor_type"]
    return "agent" if close["agent_id"] is not None else None
