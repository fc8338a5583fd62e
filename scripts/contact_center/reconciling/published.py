"""What the warehouse holds: its published figures, ids and days."""

from __future__ import annotations

import datetime
import difflib
import json
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from .. import lake
from ..export_query import names_by_id
from . import ReconcileError, UsageError
from .figures import DIMENSIONS, KINDS_OF_ROWS, Figure, Figures, column_of, is_summed, total_of
from .rows import Key, Totals, key_of

BUILD = "run ./scripts/build first"
# Where it stands which agents, skills and channels a company has.
USED = {
    "agent_id": ("agent_analysis_daily", "agent_activity_daily"),
    "skill_id": ("fct_queue_legs", "fct_agent_contacts"), "channel_id": ("fct_sessions",),
}


class Published:
    """A warehouse, and in it the companies of one feed, or those that were asked for."""

    def __init__(self, path: Path, system: str, companies: list[str]) -> None:
        if not path.exists():
            raise ReconcileError(f"there is no warehouse '{path}'; {BUILD}")
        try:
            self.connection = lake.open_warehouse(path)
            lake.check_store(self.connection, path)
            self.figures = Figures(self.connection)
        except lake.NoWarehouse as error:
            raise ReconcileError(str(error)) from None
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise ReconcileError(f"can't read the warehouse '{path}' ({reason}); {BUILD}") from None
        self.system = system
        self.days = cache(self._days)
        self.ids_of_companies = cache(self._ids_of_companies)
        self.companies = self.find_companies(companies)
        self.names = {name: names_by_id(self.connection, name) for name in DIMENSIONS}

    def find_companies(self, asked: list[str]) -> list[str]:
        """Those asked for, else those of the feed's own ids, else all."""
        rows = self.connection.execute("select company_id from marts.dim_companies").fetchall()
        known = [company for (company,) in rows]
        unknown = [company for company in asked if company not in known]
        if unknown:
            raise UsageError(
                f"there is no company '{unknown[0]}'; the warehouse has {', '.join(sorted(known))}"
            )
        of_feed = [company for company in known if company.startswith(f"{self.system}:")]
        return asked or of_feed or known

    def find_id(self, dimension: str, given: str) -> str:
        """Our id of what the vendor names: its id, with or without the feed's prefix, or a name
        that only one has of the companies. Raises a UsageError that names near ones."""
        names = self.names[dimension]
        for id in (given, f"{self.system}:{given}"):
            if id in names:
                return id
        named = [id for id, name in names.items() if name.casefold() == given.casefold()]
        if len(named) > 1:
            named = [id for id in named if id in self.ids_of_companies(dimension)] or named
        if len(named) == 1:
            return named[0]
        kind = dimension.removesuffix("_id")
        if named:
            more = f" or {len(named) - 3} more" if len(named) > 3 else ""
            raise UsageError(
                f"the {kind} '{given}' may be {' or '.join(sorted(named)[:3])}{more}: give the id"
            )
        raise UsageError(f"we know no {kind} '{given}'{near(given, names)}")

    def _ids_of_companies(self, dimension: str) -> set[str]:
        return {id for relation in USED[dimension] for (id,) in self.connection.execute(
            f"select distinct {dimension} from marts.{relation}"
            " where list_contains($companies, company_id)", {"companies": self.companies},
        ).fetchall()}

    def settings(self) -> dict[str, Any]:
        """The variables with which the warehouse was built."""
        [text] = self.connection.execute(
            "select build_settings from staging.builds order by build_number desc limit 1"
        ).fetchone()
        return json.loads(text)

    def _days(self, relation: str) -> tuple[datetime.date, datetime.date] | None:
        """First and last day on which a mart has a row."""
        first, last = self.connection.execute(
            f"select min(date_day), max(date_day) from marts.{relation}"
            " where list_contains($companies, company_id)", {"companies": self.companies},
        ).fetchone()
        return (first, last) if first else None

    def known_in_part(self, figure: Figure) -> tuple[str, ...]:
        """What stands above the figure's line, where rows of its mart don't measure that and count
        what stands below; else nothing."""
        if not figure.above:
            return ()
        below = set(figure.columns) - set(figure.above)
        conditions = [" or ".join(f"{name} is null" for name in figure.above)]
        conditions += [f"{name} > 0" for name in sorted(below)]
        [found] = self.connection.execute(
            f"select count(*) > 0 from marts.{figure.relation}"
            f" where list_contains($companies, company_id) and ({') and ('.join(conditions)})",
            {"companies": self.companies},
        ).fetchone()
        return figure.above if found else ()

    def totals(
        self, figure: Figure, dimensions: tuple[str, ...],
        days: tuple[datetime.date, datetime.date],
    ) -> dict[Key, Totals] | None:
        """The figure's columns in each group of its mart; None where its mart hasn't these
        dimensions, or holds of finer groups what has no total."""
        mart = self.figures.mart_of(figure, dimensions)
        if mart is None:
            return None
        keys = ["date_day", *(column_of(mart, name) for name in dimensions)]
        of_kind = f"{KINDS_OF_ROWS} = '{figure.row_kind}'" if figure.row_kind else "true"
        sums = [f"{total_of(name, figure.above)} as {name}" for name in figure.columns]
        cursor = self.connection.execute(
            f"select {', '.join(keys)}, {', '.join(sums)}, count(*) as row_count from marts.{mart}"
            " where date_day between $from_date and $to_date"
            f" and {of_kind} and list_contains($companies, company_id) group by {', '.join(keys)}",
            {"from_date": days[0], "to_date": days[1], "companies": self.companies},
        )
        names = ["date_day", *dimensions, *figure.columns, "row_count"]
        found: dict[Key, Totals] = {}
        for row in cursor.fetchall():
            values = dict(zip(names, row, strict=True))
            if values.pop("row_count") > 1 and not all(map(is_summed, figure.columns)):
                return None
            found[key_of(values.pop("date_day"), values, dimensions)] = values
        return found


def near(given: str, names: dict[str, str]) -> str:
    spellings: dict[str, str] = {}
    for id, name in names.items():
        spellings |= {id.casefold(): id, name.casefold(): id, id.partition(":")[2].casefold(): id}
    close = difflib.get_close_matches(given.casefold(), spellings, cutoff=0.5)
    found = dict.fromkeys(spellings[spelling] for spelling in close)
    if found:
        return f"; did you mean {' or '.join(f'{id} ({names[id]})' for id in found)}?"
    return f"; the warehouse has {len(names):,}"
