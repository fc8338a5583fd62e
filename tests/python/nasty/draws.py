"""Small draws from coarse grids and short lists."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from nasty.columns import COLUMNS, TIME, Record, Tables

# Days on which some zone changes its clock, with the zones that do.
ANCHORS: tuple[tuple[date, tuple[str, ...]], ...] = (
    (date(2026, 3, 8), ("America/New_York", "America/Havana")),
    (date(2026, 3, 29), ("Europe/Berlin", "Atlantic/Azores", "Asia/Beirut")),
    (date(2026, 4, 5), ("Australia/Lord_Howe", "America/Santiago", "Pacific/Chatham")),
    (date(2026, 9, 6), ("America/Santiago",)),
    (date(2026, 9, 27), ("Pacific/Chatham",)),
    (date(2026, 10, 4), ("Australia/Lord_Howe",)),
    (date(2026, 10, 25), ("Europe/Berlin", "Atlantic/Azores", "Asia/Beirut")),
    (date(2026, 11, 1), ("America/New_York", "America/Havana")),
)
ZONES = (
    "America/New_York", "Europe/Berlin", "America/Havana", "America/Santiago", "Asia/Beirut",
    "Atlantic/Azores", "Australia/Lord_Howe", "Asia/Kolkata", "Asia/Kathmandu",
    "Pacific/Chatham", "UTC",
)
# Mixed case and letters beyond ASCII show an order that isn't by code point.
AGENT_NAMES = ("a1", "B2", "ä3", "a4", "Z5", "a6", "b7", "a10", "ö9", "a11", "C12", "a13")
TAGS = ("late", 'odd, "quoted"', "VIP")
CHANNELS = ("chat", "mail", "phone", "kiosk", "phone_digital", "no_row", None)
BAD_TIMES = (
    "0000-01-01T00:00:00Z",
    "infinity", "-infinity", "yesterday", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
    "2026-03-08T25:00:00Z", "epoch", "05/03/2026 09:01", "17727000",
)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


class Draws:
    """The small draws of which everything is made, and the tables that rows are added to."""

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
        self.request_ids: list[str] = []
        self.landings = 0

    def choose(self, *weighted: tuple[Any, float]) -> Any:
        values, weights = zip(*weighted, strict=True)
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
        """A quarter hour of the data's stretch; all local midnights are quarter hours of UTC."""
        steps = int((self.last - self.first) / (HOUR / 4))
        return self.first + self.random.randrange(steps + 1) * (HOUR / 4)

    def near_clock_change(self, zone: str) -> datetime:
        midnight = datetime(
            self.anchor.year, self.anchor.month, self.anchor.day, tzinfo=ZoneInfo(zone)
        ).astimezone(UTC)
        return midnight + self.random.randrange(-4, 9) * (HOUR / 2)

    def written(self, instant: datetime) -> str:
        """One of the ways to write an instant."""
        style = self.choose(
            ("z", 6), ("naive", 2), ("offset", 2), ("space", 1), ("minutes", 1), ("number", 1),
            ("slashes", 1),
        )
        if style == "number":
            return str((instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1))
        if style == "slashes":
            return instant.strftime("%Y/%m/%d %H:%M:%S.%f000 +0000")
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
