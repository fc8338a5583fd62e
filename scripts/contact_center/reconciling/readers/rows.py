"""A vendor's figure, and what readers may ask."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from .own import Export

LONGEST_DAY, SHORTEST_DAY = 25 * 3600, 23 * 3600


@dataclass(frozen=True)
class Row:
    """Ids as the vendor gives them; `place` says where in the file it stands."""

    figure_id: str
    date_day: datetime.date
    value: object
    place: str
    agent_id: str | None = None
    skill_id: str | None = None
    channel_id: str | None = None


@dataclass(frozen=True)
class Context:
    """`names`: figure ids by the catalogue's names, in lower case. `day`: what an answer is of that
    doesn't say it, where the command names one day. `zone`: of the vendor's days. `of_marts`: the
    names of each mart's figures; several marts call figures alike. `exports`: how this warehouse's
    own begin, as far as one looks."""

    names: dict[str, str]
    day: datetime.date | None
    zone: str
    of_marts: dict[str, dict[str, str]] = field(default_factory=dict)
    exports: Iterable[Export] = ()

    def names_for(self, header: list[str]) -> dict[str, str]:
        """As the mart calls them that knows most of the header's names, where one does."""
        known = sorted(
            (len(names.keys() & set(header)), mart) for mart, names in self.of_marts.items()
        )
        counts = [count for count, _ in known]
        if not counts or counts.count(counts[-1]) > 1:
            return self.names
        return self.names | self.of_marts[known[-1][1]]

    def the_day(self, what: str) -> datetime.date:
        if self.day is None:
            raise ValueError(
                f"{what} doesn't say of which day it is: give the day as --from and --to"
            )
        return self.day

    def day_between(self, start: str, end: str) -> datetime.date:
        """The local day that an interval is; raises a ValueError where it is none."""
        first, last = instant(start), instant(end)
        if not SHORTEST_DAY <= (last - first).total_seconds() <= LONGEST_DAY:
            raise ValueError(f"the interval {start} to {end} isn't one day; ask for days")
        return (first + (last - first) / 2).astimezone(ZoneInfo(self.zone)).date()


def instant(text: str) -> datetime.datetime:
    if re.fullmatch(r"\d+(\.\d+)?", str(text)):
        return datetime.datetime.fromtimestamp(float(text), datetime.UTC)
    found = datetime.datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)


def mapped(
    record: dict[str, Any], fields: dict[str, str], day: datetime.date, place: str,
    **ids: str | None,
) -> Iterable[Row]:
    """A row for each field that is there. `fields`: figure ids by the names of fields."""
    for name, figure_id in fields.items():
        if record.get(name) is not None:
            yield Row(figure_id, day, record[name], f"{place}, {name}", **ids)
