"""The rows that figures are made of, as we count them and as a vendor may, and their totals: the
marts' own expressions (macros/indicators) over rows of the facts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from ..intake.macros import Project
from .figures import DIMENSIONS, NOBODY, TOTALS, total_of
from .reasons import Reason

FOLDER = Path(__file__).with_name("rows")
# The reasons' subjects that change agents' states and logins; all others leave them as they are.
WITH_STRETCHES = {"agent_days", "hands"}
OF_STATES = {"zone", "presence"}
TAG_TOTALS = "count(*) as tag_count, count(distinct session_id) as tagged_session_count"
# The key of a group: its day, then its agent, skill and channel: None where they aren't looked
# at, NOBODY where there is none.
Key = tuple[Any, ...]
Totals = dict[str, Any]
Combination = tuple[Reason, ...]


class Rows:
    """Of the days from one to another and some companies; each kind is read from the facts once."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, companies: list[str],
        days: tuple[datetime.date, datetime.date], zone: str | None, settings: Mapping[str, object],
    ) -> None:
        self.connection = connection
        self.project = Project(settings)
        self.given = {"companies": companies, "from_date": days[0], "to_date": days[1]}
        self.totals = cache(self._totals)
        self.changes = cache(self._changes)
        self.dimensions: dict[str, tuple[str, ...]] = {}
        connection.execute("set TimeZone = 'UTC'")
        if zone:
            connection.execute(f"set variable vendor_zone = '{zone}'")

    def prepare(self, kind: str) -> None:
        """The rows of a kind, as a temporary table."""
        if kind in self.dimensions:
            return
        if not self.dimensions:
            self.make("sessions_at_hand")
        self.make(kind)
        found = self.connection.execute(f"describe rows_{kind}").fetchall()
        columns = [name for name, *_ in found]
        self.dimensions[kind] = tuple(name for name in DIMENSIONS if name in columns)

    def make(self, name: str) -> None:
        table = name if name == "sessions_at_hand" else f"rows_{name}"
        text = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
        given = {key: value for key, value in self.given.items() if f"${key}" in text}
        self.connection.execute(f"create temporary table {table} as {text}", given)

    def counted(self, kind: str, combination: Combination) -> str:
        """SQL of the rows, each on its day, as they are counted for these reasons."""
        text = f"select * from rows_{kind}"
        for reason in combination:
            if reason.sql and (kind != "agent_days" or reason.about in OF_STATES):
                text = f"with counted as ({text}) select * from ({reason.sql})"
            elif reason.sql:
                text = (
                    f"with former as ({text}),"
                    " counted as (select * from former where is_agent_session)"
                    f" select * from ({reason.sql})"
                    " union all by name select * from former where not is_agent_session"
                )
        on_days = "stretches_on_days" if kind in WITH_STRETCHES else "on_days"
        placed = (FOLDER / f"{on_days}.sql").read_text(encoding="utf-8")
        return f"with counted as ({text}) select * from ({placed})"

    def sums(self, kind: str) -> str:
        """The marts' own expressions."""
        if kind == "tags":
            return TAG_TOTALS
        if kind == "hands":
            text = self.project.call("activity_totals", True)
            return text.replace("microseconds", "state_seconds * 1e6")
        return self.project.call(TOTALS[kind])

    def summed(
        self, kind: str, keys: list[str], combination: Combination, condition: str,
        above: tuple[str, ...] = (),
    ) -> str:
        """SQL of the totals of each group. A mart's digital columns know no telephone calls, so
        rows of both are summed apart, then together; and so are companies, whose feeds don't
        all measure the same, where only what has a total of `above` is to count."""
        sums = self.sums(kind)
        apart = [*keys, "company_id"] if above else list(keys)
        apart += ["is_digital"] if kind == "digital" else []
        text = (
            f"select {', '.join(apart)}, {sums} from ({self.counted(kind, combination)})"
            f" where {condition} group by {', '.join(apart)}"
        )
        if apart == keys:
            return text
        found = self.connection.execute(f"describe select {sums} from rows_{kind}").fetchall()
        together = [f"{total_of(name, above)} as {name}" for name, *_ in found]
        return (
            f"select {', '.join([*keys, *together])} from ({text}) group by {', '.join(keys)}"
        )

    def _totals(
        self, kind: str, dimensions: tuple[str, ...], combination: Combination,
        above: tuple[str, ...] = (),
    ) -> dict[Key, Totals]:
        """Of each group of these dimensions and days."""
        keys = ["date_day", *dimensions]
        found = self.select(self.summed(
            kind, keys, combination, "date_day between $from_date and $to_date", above
        ))
        return {key_of(row.pop("date_day"), row, dimensions): row for row in found}

    def of_sessions(
        self, kind: str, key: Key, combination: Combination, above: tuple[str, ...] = ()
    ) -> dict[str, Totals]:
        """The totals of each session that has a part in a group."""
        conditions = ["date_day = $day", "session_id is not null"]
        given = {"day": key[0]}
        for name, value in zip(DIMENSIONS, key[1:], strict=True):
            if value is not None:
                conditions.append(f"coalesce({name}, '{NOBODY}') = ${name}")
                given[name] = value
        found = self.select(
            self.summed(kind, ["session_id"], combination, " and ".join(conditions), above),
            given,
        )
        return {row.pop("session_id"): row for row in found}

    def _changes(
        self, kind: str, dimensions: tuple[str, ...], reason: Reason
    ) -> frozenset[str]:
        """The columns of totals that a reason changes on any of the days."""
        ours, theirs = self.totals(kind, dimensions, ()), self.totals(kind, dimensions, (reason,))
        changed = set()
        for key in ours.keys() | theirs.keys():
            one, other = ours.get(key, {}), theirs.get(key, {})
            changed |= {name for name in one.keys() | other if one.get(name) != other.get(name)}
        return frozenset(changed)

    def select(self, sql: str, given: Mapping[str, object] | None = None) -> list[Totals]:
        if given is None:
            given = {name: self.given[name] for name in ("from_date", "to_date")}
        cursor = self.connection.execute(sql, given)
        names = [name for name, *_ in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def sessions(self, session_ids: Iterable[str]) -> dict[str, Totals]:
        """What is known of each."""
        found = self.select(
            "select * from sessions_at_hand where session_id in (select unnest($ids))",
            {"ids": list(session_ids)},
        )
        return {row["session_id"]: row for row in found}


def key_of(day: datetime.date, values: Totals, dimensions: tuple[str, ...]) -> Key:
    """Takes the dimensions out of the values."""
    named = {name: values.pop(name) or NOBODY for name in dimensions}
    return (day, *(named.get(name) for name in DIMENSIONS))
