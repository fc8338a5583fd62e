"""Random contract data that is as unpleasant as the contract allows, and then somewhat more.

Times come from a coarse grid and names from a short list, so that equal instants, shared
boundaries and collisions of agents, customers and skills are the rule. The same seed gives the
same data.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Record = dict[str, str | None]
Tables = dict[str, list[Record]]
Acceptances = list[tuple[datetime, str]]

COLUMNS: dict[str, tuple[str, ...]] = {
    "raw_sessions": (
        "session_id", "company_id", "customer_id", "channel_id", "direction", "contact_type",
        "campaign_id", "initiated_by", "started_at", "ingested_at",
    ),
    "raw_session_events": (
        "event_id", "session_id", "occurred_at", "event_seq", "event_type", "actor_type",
        "agent_id", "skill_id", "to_agent_id", "to_skill_id", "disposition", "ingested_at",
    ),
    "raw_messages": (
        "message_id", "session_id", "sent_at", "message_seq", "sender_type", "sender_id",
        "origin", "visibility", "ingested_at",
    ),
    "raw_agent_events": (
        "event_id", "agent_id", "occurred_at", "event_seq", "device_id", "event_type", "state",
        "reason", "ingested_at",
    ),
    "raw_focus_events": (
        "event_id", "session_id", "agent_id", "occurred_at", "event_type", "ingested_at",
    ),
    "raw_evaluations": (
        "evaluation_id", "session_id", "agent_id", "score", "submitted_at", "ingested_at",
    ),
    "raw_tag_events": (
        "event_id", "session_id", "message_id", "agent_id", "tag_name", "event_type",
        "occurred_at", "ingested_at",
    ),
    "raw_companies": ("company_id", "company_name", "time_zone", "ingested_at"),
    "raw_agents": ("agent_id", "agent_name", "company_id", "ingested_at"),
    "raw_teams": ("team_id", "team_name", "company_id", "ingested_at"),
    "raw_agent_teams": ("agent_id", "team_id", "valid_from", "valid_to", "ingested_at"),
    "raw_skills": ("skill_id", "skill_name", "campaign_id", "ingested_at"),
    "raw_campaigns": ("campaign_id", "campaign_name", "ingested_at"),
    "raw_channels": ("channel_id", "channel_name", "media_type", "is_digital", "ingested_at"),
}
KEY = {name: columns[0] for name, columns in COLUMNS.items()}
TIME = {
    "raw_sessions": "started_at",
    "raw_session_events": "occurred_at",
    "raw_messages": "sent_at",
    "raw_agent_events": "occurred_at",
    "raw_focus_events": "occurred_at",
    "raw_evaluations": "submitted_at",
    "raw_tag_events": "occurred_at",
}
IN_SESSION = (
    "raw_session_events", "raw_messages", "raw_focus_events", "raw_evaluations", "raw_tag_events",
)

# Days on which some zone changes its clock, with the zones that do.
ANCHORS: tuple[tuple[date, tuple[str, ...]], ...] = (
    (date(2026, 3, 8), ("America/New_York", "America/Havana")),
    (date(2026, 3, 29), ("Europe/Berlin", "Atlantic/Azores", "Asia/Beirut")),
    (date(2026, 4, 5), ("Australia/Lord_Howe", "America/Santiago")),
    (date(2026, 9, 6), ("America/Santiago",)),
    (date(2026, 10, 4), ("Australia/Lord_Howe",)),
    (date(2026, 10, 25), ("Europe/Berlin", "Atlantic/Azores", "Asia/Beirut")),
    (date(2026, 11, 1), ("America/New_York", "America/Havana")),
)
ZONES = (
    "America/New_York", "Europe/Berlin", "America/Havana", "America/Santiago", "Asia/Beirut",
    "Atlantic/Azores", "Australia/Lord_Howe", "Asia/Kolkata", "UTC",
)
# Mixed case and letters beyond ASCII show an order that isn't by code point.
AGENT_NAMES = ("a1", "B2", "ä3", "a4", "Z5", "a6", "b7", "a10", "ö9", "a11", "C12", "a13")
TAGS = ("late", 'odd, "quoted"', "VIP")
CHANNELS = ("chat", "mail", "phone", "kiosk", "phone_digital", "no_row", None)
BAD_TIMES = (
    "0000-01-01T00:00:00Z",
    "infinity", "-infinity", "yesterday", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
    "2026-03-08T25:00:00Z", "epoch", "NaN",
)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


class Maker:
    """Draws one data set; every method adds rows to its tables."""

    def __init__(self, seed: int, sessions: int, days: int, agents: int) -> None:
        self.random = random.Random(seed)
        self.tables: Tables = {name: [] for name in COLUMNS}
        self.session_count = sessions
        self.agents = AGENT_NAMES[:agents] + tuple(
            f"agent{number}" for number in range(len(AGENT_NAMES), agents)
        )
        self.anchor, changing = self.random.choice(ANCHORS)
        others = self.random.sample([zone for zone in ZONES if zone not in changing], 2)
        self.zones = [*changing, *others]
        half = timedelta(days=days) / 2
        noon = datetime(self.anchor.year, self.anchor.month, self.anchor.day, 12, tzinfo=UTC)
        self.first, self.last = noon - half, noon + half
        self.companies = [f"c{number}" for number in range(len(self.zones))]
        self.starts: dict[str, datetime] = {}
        self.ids: set[int] = set()
        self.landings = 0

    # --- small draws

    def choose(self, *weighted: tuple[Any, float]) -> Any:
        values, weights = zip(*weighted)
        return self.random.choices(values, weights)[0]

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def new_id(self, prefix: str) -> str:
        """Ids don't follow time, so an order by id differs from the order of events."""
        number = self.random.randrange(10_000_000)
        while number in self.ids:
            number = self.random.randrange(10_000_000)
        self.ids.add(number)
        return f"{prefix}{number:07d}"

    def moment(self) -> datetime:
        """A half hour of the data's stretch; all local midnights are half hours of UTC."""
        steps = int((self.last - self.first) / (HOUR / 2))
        return self.first + self.random.randrange(steps + 1) * (HOUR / 2)

    def near_clock_change(self, zone: str) -> datetime:
        midnight = datetime(
            self.anchor.year, self.anchor.month, self.anchor.day, tzinfo=ZoneInfo(zone)
        ).astimezone(UTC)
        return midnight + self.random.randrange(-4, 9) * (HOUR / 2)

    def written(self, instant: datetime) -> str:
        """One of the ways to write an instant."""
        style = self.choose(("z", 6), ("naive", 2), ("offset", 2), ("space", 1), ("minutes", 1))
        if style == "minutes" and instant.second == instant.microsecond == 0:
            return instant.strftime("%Y-%m-%dT%H:%MZ")
        if style == "offset":
            shift = self.random.choice((timedelta(hours=2), -timedelta(hours=9, minutes=30)))
            return instant.astimezone(timezone(shift)).isoformat(timespec="microseconds")
        plain = instant.replace(tzinfo=None)
        spec = "microseconds" if plain.microsecond % 1000 else "milliseconds"
        if style == "space":
            return plain.isoformat(sep=" ", timespec="microseconds")
        return plain.isoformat(timespec=spec) + ("Z" if style == "z" else "")

    def landing(self, instant: datetime) -> str | None:
        """When a row landed: mostly soon, some exactly a day too early, some unknown.

        No two rows land at the same microsecond, so that the newest copy of a key is certain.
        """
        if self.chance(0.15):
            return None
        self.landings += 1
        delay = self.choose((timedelta(0), 3), (MINUTE, 5), (HOUR, 2), (-24 * HOUR, 0.5))
        return self.written(instant + delay + timedelta(microseconds=self.landings))

    def add(self, table: str, instant: datetime | None = None, **values: Any) -> Record:
        record: Record = dict.fromkeys(COLUMNS[table])
        record.update(values)
        if instant is not None:
            record[TIME[table]] = self.written(instant)
            record["ingested_at"] = self.landing(instant)
        elif self.chance(0.5):
            record["ingested_at"] = self.landing(self.first)
        self.tables[table].append(record)
        return record

    # --- reference tables

    def add_reference_rows(self) -> None:
        for company_id, zone in zip(self.companies, self.zones):
            self.add("raw_companies", company_id=company_id, company_name=zone, time_zone=zone)
        self.add("raw_companies", company_id="zoneless")
        if self.chance(0.5):
            self.add("raw_companies", company_id="default", time_zone="Asia/Kolkata")
        for agent_id in self.agents:
            if self.chance(0.8):
                company_id = self.random.choice([*self.companies, "zoneless", "no_row", None])
                self.add("raw_agents", agent_id=agent_id, agent_name=f"Agent {agent_id}",
                         company_id=company_id)
            for valid_from in {self.moment() for _ in range(self.random.randrange(4))}:
                length = self.choose(
                    (None, 4), (timedelta(0), 1), (6 * HOUR, 2), (24 * HOUR, 3), (72 * HOUR, 1)
                )
                self.add(
                    "raw_agent_teams",
                    agent_id=agent_id,
                    team_id=self.random.choice(("t1", "t2", "t_no_row", None)),
                    valid_from=self.written(valid_from),
                    valid_to=None if length is None else self.written(valid_from + length),
                )
        for team_id in ("t1", "t2"):
            self.add("raw_teams", team_id=team_id, team_name=team_id.upper())
        self.add("raw_skills", skill_id="sk1", skill_name="Sales", campaign_id="k1")
        self.add("raw_skills", skill_id="sk2", skill_name="Care")
        self.add("raw_campaigns", campaign_id="k1", campaign_name="Spring")
        for channel_id, media_type, is_digital in (
            ("chat", "chat", None),
            ("mail", "email", "true"),
            ("phone", "voice", None),
            ("kiosk", "kiosk", "false"),
            ("phone_digital", "voice", "true"),
        ):
            self.add("raw_channels", channel_id=channel_id, media_type=media_type,
                     is_digital=is_digital)

    # --- sessions

    def instants(self, start: datetime) -> list[datetime]:
        """The few moments at which everything in a session happens."""
        found = [start - self.choose((timedelta(0), 8), (5 * MINUTE, 1))]
        for _ in range(self.random.randrange(4, 14)):
            step = self.choose(
                (timedelta(0), 3), (10 * SECOND, 3), (30 * SECOND, 6), (90 * SECOND, 3),
                (30 * SECOND + timedelta(microseconds=1), 0.5), (timedelta(milliseconds=1), 0.5),
                (10 * MINUTE, 2), (HOUR / 2, 1.5), (5 * HOUR, 0.5), (24 * HOUR, 0.15),
            )
            found.append(found[-1] + step)
        return found

    def add_session(self) -> None:
        company_id = self.random.choice([*self.companies, *self.companies, "no_row", None])
        zone = dict(zip(self.companies, self.zones)).get(company_id, "UTC")
        start = self.near_clock_change(zone) if self.chance(0.5) else self.moment()
        session_id = self.new_id("s")
        self.starts[session_id] = start
        self.add(
            "raw_sessions",
            start,
            session_id=session_id,
            company_id=company_id,
            customer_id=self.random.choice(("u1", "u2", "u3", "", None)),
            channel_id=self.choose(*zip(CHANNELS, (8, 3, 3, 1, 1, 2, 2))),
            direction=self.random.choice(("inbound", "outbound", None)),
            contact_type=self.random.choice(("support", None)),
            campaign_id=self.choose(("k1", 1), ("k_no_row", 1), (None, 4)),
            initiated_by=self.random.choice(("customer", "agent", "system", None)),
        )
        instants = self.instants(start)
        team = self.random.sample(self.agents, min(3, len(self.agents)))
        held = self.add_events(session_id, instants, team) if self.chance(0.9) else []
        message_ids = self.add_messages(session_id, instants, team, held)
        self.add_focus(session_id, instants, team, held)
        self.add_evaluations(session_id, instants, team)
        self.add_tags(session_id, instants, message_ids, team)

    def script(self) -> list[str]:
        """Kinds of events, in an order that makes sense or in none."""
        if self.chance(0.35):
            kinds = (
                "queued", "accepted", "accepted", "accepted", "transferred", "transferred",
                "released", "abandoned", "closed", "reopened", "disposition_set",
            )
            return self.random.choices(kinds, k=self.random.randrange(1, 12))
        kinds = ["queued"] * self.choose((0, 2), (1, 5), (2, 2))
        if self.chance(0.12):
            return kinds + self.choose((["abandoned"], 3), (["closed"], 2), ([], 1))
        kinds.append("accepted")
        for _ in range(self.random.randrange(3)):
            kinds += self.choose(
                (["transferred", "accepted"], 4),
                (["transferred", "queued", "accepted"], 3),
                (["accepted", "transferred"], 3),
                (["accepted"], 1),
                (["released", "queued", "accepted"], 2),
                (["released", "accepted"], 1),
                (["closed", "reopened", "accepted"], 2),
                (["closed", "disposition_set", "reopened"], 1),
                (["disposition_set"], 1),
            )
        kinds += self.choose(
            (["closed"], 6), (["disposition_set", "closed"], 3), (["closed", "closed"], 1),
            (["closed", "disposition_set"], 3), (["closed", "accepted"], 1), ([], 3),
        )
        return kinds

    def add_events(
        self, session_id: str, instants: Sequence[datetime], team: Sequence[str]
    ) -> Acceptances:
        """Adds a session's events and tells who accepted it when."""
        held: Acceptances = []
        kinds = self.script()
        moments = sorted(self.random.choices(instants, k=len(kinds)))
        holder, invited = self.random.choice(team), None
        for place, (kind, at) in enumerate(zip(kinds, moments)):
            values: Record = {"actor_type": None}
            if kind == "accepted":
                holder, invited = invited or self.random.choice(team), None
                held.append((at, holder))
                values["agent_id"] = holder
                values["skill_id"] = self.choose(("sk1", 1), ("sk3", 0.5), (None, 4))
            elif kind == "transferred":
                values["agent_id"] = self.choose(
                    (holder, 5), (None, 2), (self.random.choice(team), 4)
                )
                to_whom = self.choose(
                    ("agent", 5), ("skill", 3), ("both", 1), ("holder", 2), (None, 1)
                )
                if to_whom in ("agent", "both"):
                    invited = self.random.choice(team)
                    values["to_agent_id"] = invited
                if to_whom == "holder":
                    values["to_agent_id"] = holder
                if to_whom in ("skill", "both"):
                    values["to_skill_id"] = self.random.choice(("sk1", "sk2"))
                if self.chance(0.2):
                    invited = None
            elif kind == "released":
                values["agent_id"] = self.choose(
                    (holder, 5), (None, 2), (self.random.choice(team), 2)
                )
            elif kind == "queued":
                values["skill_id"] = self.choose(("sk1", 3), ("sk2", 3), (None, 1))
            elif kind == "closed":
                values["actor_type"] = self.random.choice(
                    ("agent", "agent", None, "customer", "system", "bot")
                )
                values["agent_id"] = self.choose((holder, 4), (None, 2), (team[0], 1))
            elif kind == "disposition_set":
                values["agent_id"] = self.choose((holder, 4), (self.random.choice(team), 2))
                values["disposition"] = self.random.choice(("sold", "lost"))
            seq = self.choose((str(place), 8), (None, 1), ("0", 1))
            self.add("raw_session_events", at, event_id=self.new_id("e"), session_id=session_id,
                     event_type=kind, event_seq=seq, **values)
        return held

    def likely_agent(self, at: datetime, team: Sequence[str], held: Acceptances) -> str:
        """Mostly whoever accepted the session last, and now and then a colleague."""
        accepted_by_then = [agent_id for accepted_at, agent_id in held if accepted_at <= at]
        if accepted_by_then and self.chance(0.75):
            return accepted_by_then[-1]
        return self.random.choice(team)

    def add_messages(
        self,
        session_id: str,
        instants: Sequence[datetime],
        team: Sequence[str],
        held: Acceptances,
    ) -> list[str]:
        message_ids = []
        for _ in range(self.choose((0, 1), (2, 2), (6, 3), (14, 3))):
            sender_type = self.choose(("customer", 8), ("agent", 9), ("bot", 1), ("system", 0.5))
            at = self.random.choice(instants)
            sender_id = {
                "customer": self.choose(("u1", 1), (None, 1)),
                "agent": self.choose(
                    (self.likely_agent(at, team, held), 9),
                    (None, 2),
                    (self.random.choice(self.agents), 1),
                ),
            }.get(sender_type)
            message_ids.append(self.new_id("m"))
            self.add(
                "raw_messages",
                at,
                message_id=message_ids[-1],
                session_id=session_id,
                message_seq=self.choose((None, 3), ("0", 1), ("1", 2), ("2", 2), ("-1", 0.5)),
                sender_type=sender_type,
                sender_id=sender_id,
                origin=self.choose((None, 5), ("human", 5), ("auto_reply", 1), ("campaign", 0.5)),
                visibility=self.choose((None, 5), ("public", 5), ("internal", 1)),
            )
        return message_ids

    def add_focus(
        self,
        session_id: str,
        instants: Sequence[datetime],
        team: Sequence[str],
        held: Acceptances,
    ) -> None:
        """Blurs mostly, but not always, name the session that was looked at."""
        for _ in range(self.choose((0, 2), (3, 3), (8, 2))):
            at, seen = self.random.choice(instants), session_id
            if self.chance(0.15):
                seen = self.random.choice(list(self.starts))
                at = max(at, self.starts[seen] - 5 * MINUTE)
            self.add(
                "raw_focus_events",
                at,
                event_id=self.new_id("f"),
                session_id=seen,
                agent_id=self.likely_agent(at, team, held),
                event_type=self.choose(("focus", 3), ("blur", 2)),
            )

    def add_evaluations(
        self, session_id: str, instants: Sequence[datetime], team: Sequence[str]
    ) -> None:
        for _ in range(self.choose((0, 4), (1, 4), (2, 2), (3, 1))):
            self.add(
                "raw_evaluations",
                self.random.choice(instants),
                evaluation_id=self.new_id("v"),
                session_id=session_id,
                agent_id=self.choose((None, 4), (self.random.choice(team), 4), ("stranger", 1)),
                score=self.random.choice(("1", "2", "3", "4", "5", "5.0", "4.0")),
            )

    def add_tags(
        self,
        session_id: str,
        instants: Sequence[datetime],
        message_ids: Sequence[str],
        team: Sequence[str],
    ) -> None:
        """Few messages and tags, so that detaches meet stacks of attachments."""
        named = [*message_ids[:2], None]
        for _ in range(self.choose((0, 4), (1, 2), (4, 2), (9, 2))):
            self.add(
                "raw_tag_events",
                self.random.choice(instants),
                event_id=self.new_id("g"),
                session_id=session_id,
                message_id=self.random.choice(named),
                agent_id=self.random.choice((*team, None)),
                tag_name=self.random.choice(TAGS),
                event_type=self.choose(("attached", 3), ("detached", 2)),
            )

    # --- agents

    def add_presence(self, agent_id: str) -> None:
        at = self.moment() if self.chance(0.3) else self.first
        silent_from = self.moment() if self.chance(0.3) else self.last
        while at <= silent_from:
            kind = self.choose(("login", 3), ("state", 5), ("logout", 3))
            state = self.random.choice(("idle", "busy", "break"))
            self.add(
                "raw_agent_events",
                at,
                event_id=self.new_id("p"),
                agent_id=agent_id,
                event_seq=self.choose((None, 3), ("1", 1), ("2", 1)),
                device_id=self.choose(("d1", 4), ("d2", 2), (None, 2)),
                event_type=kind,
                state=state if kind == "state" or self.chance(0.1) else None,
                reason=self.choose((None, 3), ("lunch", 1)),
            )
            at += self.choose(
                (timedelta(0), 4), (30 * SECOND, 1), (HOUR / 2, 4), (3 * HOUR, 4), (8 * HOUR, 2),
                (24 * HOUR, 1), (24 * HOUR + SECOND, 2), (30 * HOUR, 2), (55 * HOUR, 0.5),
            )

    # --- broken, repeated and replaced rows

    def faults(self, table: str) -> list[Callable[[Record], None]]:
        """The ways in which a row of the table can be spoilt."""

        def put(column: str, *values: str | None) -> Callable[[Record], None]:
            def spoil(row: Record) -> None:
                row[column] = self.random.choice(values)

            return spoil

        def put_event(kind: str, column: str) -> Callable[[Record], None]:
            def spoil(row: Record) -> None:
                row["event_type"], row[column] = kind, None

            return spoil

        found = [put(KEY[table], None, ""), put("ingested_at", *BAD_TIMES)]
        if table in TIME:
            found += [
                put(TIME[table], None, ""),
                put(TIME[table], *BAD_TIMES),
                self.put_in_future(table),
            ]
        if table in IN_SESSION:
            found += [
                put("session_id", None, ""),
                put("session_id", "s_unknown"),
                self.put_before_start(table),
            ]
        found += {
            "raw_sessions": [
                put("direction", "sideways"), put("initiated_by", "AGENT", "bot"),
            ],
            "raw_session_events": [
                put("event_type", None, "Accepted", "answered"),
                put("actor_type", "supervisor"),
                put("event_seq", "first", "1.5"),
                put_event("accepted", "agent_id"),
                put_event("disposition_set", "agent_id"),
                put_event("disposition_set", "disposition"),
            ],
            "raw_messages": [
                put("sender_type", None, "", "human"),
                put("origin", "robot"),
                put("visibility", "secret"),
                put("message_seq", "x"),
            ],
            "raw_agent_events": [
                put("agent_id", None, ""),
                put("event_type", None, "log in"),
                put("state", "asleep"),
                put("event_seq", "?"),
                put_event("state", "state"),
            ],
            "raw_focus_events": [
                put("agent_id", None, ""), put("event_type", None, "hover"),
            ],
            "raw_evaluations": [
                put("score", None, "", "good", "4.5"), put("score", "0", "6", "-3", "10"),
            ],
            "raw_tag_events": [
                put("tag_name", None, ""), put("event_type", None, "removed"),
            ],
            "raw_companies": [put("time_zone", "Mars/Olympus", "+02:00", "BST")],
            "raw_agent_teams": [
                put("valid_from", None, ""),
                put("valid_from", *BAD_TIMES),
                put("valid_to", *BAD_TIMES),
            ],
            "raw_channels": [put("is_digital", "maybe")],
        }.get(table, [])
        return found

    def put_in_future(self, table: str) -> Callable[[Record], None]:
        """Just beyond, or exactly at, the day by which a row may precede its landing."""

        def spoil(row: Record) -> None:
            at = self.moment() if row.get("session_id") not in self.starts else (
                self.starts[row["session_id"]]
            )
            early = 24 * HOUR + self.random.choice((timedelta(0), timedelta(microseconds=1), HOUR))
            row[TIME[table]] = self.written(at)
            row["ingested_at"] = self.written(at - early)
            if self.chance(0.2):
                row[TIME[table]], row["ingested_at"] = "2999-01-01T00:00:00Z", None

        return spoil

    def put_before_start(self, table: str) -> Callable[[Record], None]:
        def spoil(row: Record) -> None:
            start = self.starts.get(row["session_id"] or "", self.first)
            early = 5 * MINUTE + self.random.choice((timedelta(microseconds=1), SECOND, HOUR))
            row[TIME[table]] = self.written(start - early)
            row["ingested_at"] = self.landing(start)

        return spoil

    def landed_for_certain(self, row: Record) -> None:
        """A version of a key lands at a time of its own, before or after the other versions."""
        self.landings += 1
        later = self.random.choice((-6, 1, 12, 30)) * HOUR + timedelta(microseconds=self.landings)
        row["ingested_at"] = self.written(self.last + later)

    def spoil_table(self, table: str) -> None:
        healthy = list(self.tables[table])
        if not healthy:
            return
        faults = self.faults(table)
        key_prefix = KEY[table][0] + "x"
        for fault in faults * 2:
            row = dict(self.random.choice(healthy))
            if self.chance(0.7):
                # Spoilt rows that keep the key test that a bad version replaces nothing.
                row[KEY[table]] = self.new_id(key_prefix)
            else:
                self.landed_for_certain(row)
            fault(row)
            if self.chance(0.15):
                self.random.choice(faults)(row)
            self.tables[table].append(row)
            if self.chance(0.2):
                self.tables[table].append(dict(row))

    def repeat_rows(self, table: str) -> None:
        """Exact copies, some of which landed at another time."""
        for row in list(self.tables[table]):
            if self.chance(0.05):
                for _ in range(self.choose((1, 3), (2, 1))):
                    copy = dict(row)
                    if self.chance(0.6):
                        self.landed_for_certain(copy)
                    self.tables[table].append(copy)

    def replace_rows(self, table: str) -> None:
        """Other contents under the same key."""
        rows = list(self.tables[table])
        changeable = [
            column
            for column in COLUMNS[table]
            if column not in (KEY[table], "ingested_at", "valid_from")
        ]
        for row in rows:
            if not self.chance(0.05):
                continue
            for _ in range(self.choose((1, 3), (2, 1))):
                version = dict(row)
                count = min(self.choose((1, 3), (2, 1)), len(changeable))
                for column in self.random.sample(changeable, count):
                    version[column] = self.random.choice(rows)[column]
                self.landed_for_certain(version)
                self.tables[table].append(version)

    def make(self) -> Tables:
        self.add_reference_rows()
        for _ in range(self.session_count):
            self.add_session()
        for agent_id in self.agents:
            if self.chance(0.9):
                self.add_presence(agent_id)
        for table in COLUMNS:
            self.replace_rows(table)
            self.spoil_table(table)
            self.repeat_rows(table)
            self.random.shuffle(self.tables[table])
        return self.tables


def nasty_tables(
    seed: int,
    *,
    sessions: int = 40,
    days: int = 4,
    agents: int = 5,
    absent: Sequence[str] = (),
) -> Tables:
    """Contract tables of text; those named in `absent` are left out, which is not measured."""
    tables = Maker(seed, sessions, days, agents).make()
    return {name: rows for name, rows in tables.items() if name not in absent}


def write_tables(tables: Tables, folder: str | Path, format: str = "csv") -> None:
    """Writes one file per table, as `<table>.csv` or `<table>.jsonl`."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        path = folder / f"{name}.{format}"
        if format == "csv":
            with path.open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, COLUMNS[name])
                writer.writeheader()
                writer.writerows(rows)
        elif format == "jsonl":
            lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
            path.write_text("".join(lines), encoding="utf-8")
        else:
            raise ValueError(f"unknown format: {format}")
