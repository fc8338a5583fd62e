"""Compares a vendor's own figures with this warehouse's, and says why they differ.

    ./scripts/reconcile tencent_desk --vendor statistics.json --from 2026-03-02 --to 2026-03-02
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections import defaultdict

import duckdb

from .reconciling import CANT_BE_TOLD, ReconcileError, UsageError
from .reconciling.arguments import parse
from .reconciling.explain import UNEXPLAINED, Comparison, Explainer
from .reconciling.figures import DIMENSIONS, Figure
from .reconciling.published import Published
from .reconciling.readers import Context, Row, read
from .reconciling.readers.own import exports_of
from .reconciling.report import Alone, print_report
from .reconciling.rows import Key
from .reconciling.values import Value
from .reconciling.values import parse as parse_value
from .terminal import read_as_far_as_wanted

Given = tuple[Row, Figure, Key, Value]


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 all equal or explained, 1 something isn't, 2 it can't be told: the command,
    the vendor's file or the warehouse was wrong."""
    try:
        options = parse(arguments)
        compared, alone = reconcile(options)
    except ReconcileError as error:
        print(f"reconcile: {error}", file=sys.stderr)
        return error.status
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        print(
            f"reconcile: '{options.warehouse}' was built with other definitions than these"
            f" ({str(error).splitlines()[0]}); run ./scripts/build --rebuild-from-store",
            file=sys.stderr,
        )
        return CANT_BE_TOLD
    except duckdb.Error as error:
        print(f"reconcile: reading '{options.warehouse}' failed: {error}", file=sys.stderr)
        return CANT_BE_TOLD
    except KeyboardInterrupt:
        return 130
    with read_as_far_as_wanted():
        print_report(compared, alone, options.format, options.sessions)
    return 1 if any(one.verdict == UNEXPLAINED for one in compared) else 0


def reconcile(options: argparse.Namespace) -> tuple[list[Comparison], Alone]:
    """The comparisons in the order of the file, and what of ours the vendor doesn't list."""
    published = Published(options.warehouse, options.name, options.companies)
    with published.connection:
        rows = asked(read(options.name, options.vendor, context_of(published, options)), options)
        days = (min(row.date_day for row in rows), max(row.date_day for row in rows))
        given = [resolved(published, row) for row in rows]
        check_once(given)
        explainer = Explainer(published, days, options.zone)
        return explainer.compare(given), explainer.alone


def context_of(published: Published, options: argparse.Namespace) -> Context:
    figures = published.figures
    names = {id.casefold(): id for id in figures.known}
    of_marts: dict[str, dict[str, str]] = defaultdict(dict)
    for id, name, name_zh in published.connection.execute(
        "select id, name_en, name_zh from marts.metric_catalog order by id desc"
    ).fetchall():
        if id in figures.known:
            spellings = {name.casefold(): id, name_zh.casefold(): id}
            names |= spellings
            of_marts[figures.known[id].relation] |= spellings
    # A sum of one mart may be called as another's figure is.
    for relation, column, *labels in published.connection.execute(
        "select relation, column_name, label_en, label_zh from marts.column_catalog"
    ).fetchall():
        for label in labels:
            if relation in of_marts and label and label.casefold() in names:
                of_marts[relation].setdefault(label.casefold(), f"{relation}.{column}")
    one_day = options.from_date if options.from_date == options.to_date else None
    [zone] = published.connection.execute(
        "select min(time_zone) from marts.dim_companies where list_contains($ids, company_id)",
        {"ids": published.companies},
    ).fetchone()
    exports = exports_of(published.connection, figures, published.companies)
    return Context(names, one_day, options.zone or zone, of_marts, exports)


def asked(rows: list[Row], options: argparse.Namespace) -> list[Row]:
    found = [
        row for row in rows
        if (options.from_date or datetime.date.min) <= row.date_day
        <= (options.to_date or datetime.date.max)
    ]
    if not found:
        days = f"{min(row.date_day for row in rows)} to {max(row.date_day for row in rows)}"
        raise UsageError(f"--vendor '{options.vendor}' has {days}, no day that was asked for")
    return found


def check_once(given: list[Given]) -> None:
    """Of two numbers for one figure nobody knows which is the vendor's."""
    said: dict[tuple[str, Key], tuple[Row, Value]] = {}
    for row, figure, key, value in given:
        former, former_value = said.setdefault((figure.id, key), (row, value))
        if former_value.number != value.number:
            raise UsageError(
                f"{former.place} says {figure.id} of {row.date_day} is {former.value}, and"
                f" {row.place} that it is {row.value}; a figure stands once for a day, agent, skill"
                " and channel: give a file of one company (--company) that isn't split further"
            )


def resolved(published: Published, row: Row) -> Given:
    """With our figure and ids; raises a UsageError that says where and what is unknown."""
    try:
        figure = published.figures.find(row.figure_id)
        ids = [getattr(row, name) for name in DIMENSIONS]
        key = (row.date_day, *(
            id and published.find_id(name, id) for name, id in zip(DIMENSIONS, ids, strict=True)
        ))
        held = published.days(figure.relation)
        if held is None or not held[0] <= row.date_day <= held[1]:
            days = f" but from {held[0]} to {held[1]}" if held else ""
            raise UsageError(
                f"{row.date_day} is out of range: the warehouse has no {figure.id}{days}"
            )
        return row, figure, key, parse_value(row.value, figure.unit)
    except ValueError as error:
        raise UsageError(f"{row.place}: {error}") from None
    except UsageError as error:
        raise UsageError(f"{row.place}: {error}") from None


if __name__ == "__main__":
    sys.exit(main())
