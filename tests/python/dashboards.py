"""What a chart must show: the marts' rows added up in Python, apart from the datasets' SQL."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from contact_center.formulas import columns_in
from contact_center.semantics.catalogue import Column, Mart
from contact_center.semantics.superset_charts import DATE, WEEK, Chart
from contact_center.semantics.superset_datasets import NOTHING
from contact_center.semantics.words import NAMES

Row = dict[str, Any]


def expected(chart: Chart, mart: Mart, rows: Iterable[Row], names: dict[str, Row]) -> dict:
    """{what the row is of: its figures}; `names`: of each dimension, those of its ids."""
    groups: dict[tuple, list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(value_of(row, name, chart, names) for name in keys(chart))].append(row)
    return {
        key: tuple(figure(mart[name], of_it) for name in chart.metrics)
        for key, of_it in groups.items()
    }


def keys(chart: Chart) -> list[str]:
    across = [] if chart.kind in ("tile", "table") else [chart.across]
    return [*across, *chart.by]


def value_of(row: Row, name: str, chart: Chart, names: dict[str, Row]) -> Any:
    if name == DATE:
        day: datetime.date = row[DATE]
        first = day - datetime.timedelta(days=day.weekday() if chart.grain == WEEK else 0)
        return first.isoformat()
    alias = name.removesuffix("_name")
    if name != alias and alias in NAMES:
        id, dimension, _, _ = NAMES[alias]
        return names[dimension].get(row[id], row[id] or NOTHING)
    return row[name]


def figure(column: Column, rows: list[Row]) -> float | None:
    if column.over_rows == "quotient":
        above, below = (half(text, rows) for text in (column.above, column.below))
        return None if above is None or not below else float(above / below)
    if column.over_rows == "last_day":
        last = max(row[DATE] for row in rows)
        rows = [row for row in rows if row[DATE] == last]
    known = [Fraction(row[column.name]) for row in rows if row[column.name] is not None]
    together: Callable = max if column.over_rows == "max" else sum
    return float(together(known)) if known else None


def half(expression: str, rows: list[Row]) -> Fraction | None:
    sums: dict[str, Fraction] = {}
    for name in columns_in(expression):
        known = [Fraction(row[name]) for row in rows if row[name] is not None]
        if not known:
            return None
        sums[name] = sum(known, Fraction(0))
    return eval(expression, {"__builtins__": {}}, sums)
