"""Figures of a period, of one company or of all, read from the marts.

A rate or an average of a period is its formula over the sums of its columns, as metric_catalog has
it: nobody averages an average. Rows of a feed that doesn't measure what stands above the line are
not below it either.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from ..formulas import halves, summed

# Of a relation with a day and a company: the rows that are asked for.
ASKED = "date_day between $first and $last and ($company is null or company_id = $company)"
CATALOG = """
    select id, relation, column_name, name_en, name_zh, formula, unit, date_basis, better, source
    from marts.metric_catalog
"""
COLUMNS = """
    select relation, column_name, label_en, label_zh, unit
    from marts.column_catalog
"""


@dataclass(frozen=True)
class Figure:
    """A row of marts.metric_catalog, or what is made like one."""

    id: str
    relation: str
    column: str
    names: dict[str, str]
    formula: str
    unit: str
    basis: str
    better: str
    source: str
    # What stands above and below the line, as SQL, of a figure whose formula is none.
    sums: tuple[str, str] | None = None

    @property
    def parts(self) -> tuple[str, str | None]:
        """What stands above and below the line, over several rows. Without a line: None."""
        if self.sums:
            return self.sums
        if quotient := halves(self.formula):
            above, below = quotient
            return summed(above), summed(below, where_known=above)
        whole = "max" if self.formula.startswith("max of") else "sum"
        return f"{whole}({self.column})", None

    @property
    def expression(self) -> str:
        """SQL of the figure over several rows of its relation; NULL where nothing was measured."""
        above, below = self.parts
        return above if below is None else f"{above} / nullif({below}, 0)"


def earlier(day: datetime.date, days: int) -> datetime.date:
    """So many days before, or the first day that there is."""
    return datetime.date.fromordinal(max(day.toordinal() - days, 1))


@dataclass(frozen=True)
class Period:
    """Days, both included."""

    first: datetime.date
    last: datetime.date

    @property
    def day_count(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Period:
        """As many days, right before."""
        return Period(earlier(self.first, self.day_count), earlier(self.last, self.day_count))


class Data:
    """`company`: its id, or None for all."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, period: Period, company: str | None
    ) -> None:
        self.connection = connection
        self.period = period
        self.company = company
        self.figures = {
            figure.id: figure
            for id, relation, column, english, chinese, *rest in connection.execute(
                CATALOG
            ).fetchall()
            for figure in [
                Figure(id, relation, column, {"en": english, "zh": chinese}, *rest)
            ]
        }
        self.columns = {
            (relation, column): ({"en": english, "zh": chinese}, unit)
            for relation, column, english, chinese, unit in connection.execute(COLUMNS).fetchall()
        }
        # In business hours too: set where something is measured in them (business.py).
        self.has_hours = False
        self.unmeasured = {
            table for (table,) in connection.execute("""
                select table_name from marts.feed_quality where not is_measured
            """).fetchall()
        }
        self.relations = {
            name for (name,) in connection.execute("""
                select table_name from information_schema.tables where table_schema = 'marts'
            """).fetchall()
        }

    def first_day(self) -> datetime.date | None:
        """The first on which a session started."""
        [(day,)] = self.rows("""
            select min(date_day) from marts.session_analysis_daily
            where $company is null or company_id = $company
        """)
        return day

    def begins_too_late(self) -> bool:
        """To be compared: some of the days before the period are before all data, not empty."""
        first = self.first_day()
        return first is not None and first > self.period.before.first

    def rows(self, sql: str, period: Period | None = None) -> list[tuple[Any, ...]]:
        """SQL with the parameters $first, $last and $company, as far as it names them."""
        period = period or self.period
        given = {"first": period.first, "last": period.last, "company": self.company}
        return self.connection.execute(
            sql, {name: value for name, value in given.items() if f"${name}" in sql}
        ).fetchall()

    def figures_by(
        self, ids: Sequence[str], by: Sequence[str], joins: str = ""
    ) -> list[tuple[Any, ...]]:
        """The figures, which stand in one relation (`marts`), for each value of `by`, in order."""
        [relation] = {self.figures[id].relation for id in ids}
        values = ", ".join([*by, *(self.figures[id].expression for id in ids)])
        grouped = ", ".join(by)
        return self.rows(f"""
            select {values}
            from marts.{relation} as marts {joins}
            where
                marts.date_day between $first and $last
                and ($company is null or marts.company_id = $company)
            group by {grouped} order by {grouped}
        """)

    def parts(self, id: str, period: Period | None = None) -> tuple[Any, Any, Any]:
        """The figure over the period, and what stands above and below its line (else None). Of a
        count 0 where there are no rows at all: nothing happened."""
        figure = self.figures[id]
        above, below = figure.parts
        value = figure.expression
        if below is None:
            value = f"case when count(*) = 0 then 0 else {value} end"
        [row] = self.rows(f"""
            select {value}, {above}, {below or 'null'}
            from marts.{figure.relation}
            where {ASKED}
        """, period)
        return row
