"""This warehouse's own exports of days (./scripts/export --mode daily or interval), whatever labels
they have: told by all the columns that tell a mart's rows apart, and none that isn't the mart's.

An export may be split further than figures are compared, by team or direction: its counts and sums
are added up, as the mart's are. Where it names no agent, skill or channel, there was none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import duckdb

from ...export_files import harmless
from ...export_query import DATE_COLUMN, LABEL_COLUMNS, modes_of_families, read_columns
from ..figures import (
    DIMENSIONS,
    FINER,
    KINDS_OF_ROWS,
    NOBODY,
    Figure,
    Figures,
    column_of,
    is_summed,
    total_of,
    value_of,
)
from ..values import parse
from .reports import day_of, names_of
from .rows import Row

Cells = dict[str, str]


@dataclass(frozen=True)
class Export:
    """`columns`: by their labels in lower case; `keys`: what tells the rows apart; `daily`: the
    mart whose figures they are; `companies`: those that are compared."""

    daily: str
    columns: dict[str, str]
    keys: frozenset[str]
    figures: Figures
    companies: list[str]

    def is_of(self, header: list[str]) -> bool:
        found = {self.columns.get(name) for name in names_of(header)}
        return None not in found and self.keys <= found


def exports_of(
    connection: duckdb.DuckDBPyConnection, figures: Figures, companies: list[str]
) -> Iterator[Export]:
    for modes in modes_of_families(connection).values():
        for mart in (modes[mode] for mode in ("daily", "interval") if mode in modes):
            for labels in LABEL_COLUMNS:
                columns = read_columns(connection, mart, labels)
                yield Export(
                    modes["daily"], {column.label.casefold(): column.name for column in columns},
                    frozenset(
                        column.name for column in columns if column.relation == mart
                        and (column.is_text or column.name == DATE_COLUMN)
                    ),
                    figures, companies,
                )


def read(lines: list[list[str]], export: Export) -> Iterable[Row]:
    groups: dict[tuple, list[tuple[str, Cells]]] = defaultdict(list)
    names: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not any(cell.strip() for cell in line):
            continue
        if not names:
            names = [export.columns[name] for name in names_of(line)]
            continue
        place = f"line {number}"
        if len(line) != len(names):
            raise ValueError(f"{place} has {len(line)} fields, the header {len(names)}")
        cells = dict(zip(names, map(as_it_was, line), strict=True))
        if cells["company_id"] in export.companies:
            ids = [cells.get(column_of(export.daily, name)) for name in DIMENSIONS]
            groups[day_of(cells[DATE_COLUMN], place), *ids].append((place, cells))
    if not groups:
        raise ValueError(f"no row is of the companies asked for: {', '.join(export.companies)}")
    wanted = figures_of(export, names)
    for (day, *ids), rows in groups.items():
        given = {
            name: NOBODY if id == "" else id for name, id in zip(DIMENSIONS, ids, strict=True)
        }
        for figure in wanted:
            of_kind = [
                row for row in rows
                if not figure.row_kind or row[1][KINDS_OF_ROWS] == figure.row_kind
            ]
            value = value_in(figure, of_kind) if of_kind else None
            if value is not None:
                yield Row(figure.id, day, value, f"{of_kind[0][0]}, {figure.name}", **given)


def figures_of(export: Export, names: list[str]) -> list[Figure]:
    """The catalogue's figures of a mart, and its other counts and sums that are in the file."""
    mart, figures = export.daily, export.figures
    relations = (mart, *(coarse for coarse, finer in FINER.items() if finer == mart))
    found = [figure for figure in figures.known.values() if figure.relation in relations]
    columns = {figure.column for figure in found}
    return found + [
        figures.find(f"{mart}.{name}") for name in names
        if name not in columns and is_summed(name) and name in figures.columns[mart]
    ]


def value_in(figure: Figure, rows: list[tuple[str, Cells]]) -> object:
    """As the one row has it; of several the total, or the quotient of totals. None where the file
    lacks the columns."""
    [_, cells] = rows[0]
    if len(rows) == 1 and figure.column in cells:
        return cells[figure.column]
    if not all(name in cells and is_summed(name) for name in figure.columns):
        return None
    value = value_of(figure.formula, {name: total(name, rows) for name in figure.columns})
    return "" if value is None else value


def total(name: str, rows: list[tuple[str, Cells]]) -> object:
    way = total_of(name)
    if name.endswith("_at"):
        times = [cells[name] for _, cells in rows if cells[name]]
        return (min if way.startswith("min") else max)(times, default=None)
    numbers = [
        value for place, cells in rows if (value := number(cells[name], place)) is not None
    ]
    if not numbers:
        return None
    return max(numbers) if way.startswith("max") else sum(numbers)


def number(text: str, place: str) -> float | None:
    try:
        return parse(text, "number").number
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from None


def as_it_was(cell: str) -> str:
    """Without what an export writes before a text that a spreadsheet would calculate."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and harmless(text[1:]) == text else text
