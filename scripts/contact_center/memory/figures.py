"""Which figures are kept in mind: those of the daily marts that can be added up. Ratios follow from
them. The marts say themselves what they hold (marts.column_catalog)."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from ..formulas import ADDITIVE, is_sum
from ..intake import sql

# Of a mart with more dimensions than this the sums by company and day are kept.
MOST_DIMENSIONS = 4
TYPES = ("bigint", "double", "integer")
COLUMNS = """
    select relation, column_name, data_type
    from {database}.marts.column_catalog
    where ends_with(relation, '_daily')
    order by relation, position
"""


@dataclass(frozen=True)
class Figures:
    """Those of one mart. `keys`: what a row is of, besides its day; `is_summed`: its rows are more
    than are kept, so their sums by company are."""

    relation: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    is_summed: bool

    def select(self, database: str, condition: str) -> str:
        """date_day, company_id, key (JSON) and the figures as doubles, of the rows that meet it."""
        names = ("company_id",) if self.is_summed else self.keys
        key = "to_json({" + ", ".join(f"{sql.literal(name)}: {name}" for name in names) + "})"
        values = [
            f"cast({f'sum({name})' if self.is_summed else name} as double) as {name}"
            for name in self.columns
        ]
        return (
            f"select date_day, company_id, cast({key} as varchar) as key, {', '.join(values)}\n"
            f"from {database}.marts.{self.relation}\nwhere {condition}"
            + ("\ngroup by date_day, company_id" if self.is_summed else "")
        )


def figures_of(connection: duckdb.DuckDBPyConnection, database: str) -> list[Figures]:
    """Of every daily mart of an attached warehouse that has companies."""
    rows = connection.execute(COLUMNS.format(database=database)).fetchall()
    relations: dict[str, list[tuple[str, str]]] = {}
    for relation, name, data_type in rows:
        relations.setdefault(relation, []).append((name, data_type))
    return [
        of_mart(relation, columns) for relation, columns in relations.items()
        if {"company_id", "date_day"} <= {name for name, _ in columns}
    ]


def of_mart(relation: str, columns: list[tuple[str, str]]) -> Figures:
    figures = [name for name, data_type in columns if is_additive(name, data_type)]
    keys = [
        name for name, data_type in columns
        if name not in figures and name != "date_day" and is_key(name, data_type)
    ]
    return Figures(relation, tuple(keys), tuple(figures), len(keys) > MOST_DIMENSIONS)


def is_additive(name: str, data_type: str) -> bool:
    return data_type in TYPES and is_sum(name)


def is_key(name: str, data_type: str) -> bool:
    """Texts, and numbers that are no measures: a score, a scale's ends, a bin's edge."""
    if data_type == "varchar":
        return True
    return data_type in ("bigint", "integer") and not name.endswith(ADDITIVE) or (
        name == "upper_seconds"
    )


def common(
    connection: duckdb.DuckDBPyConnection, was: str, now: str
) -> list[Figures]:
    """Those that both warehouses have, with the dimensions of the later one."""
    earlier = {one.relation: one for one in figures_of(connection, was)}
    found = []
    for one in figures_of(connection, now):
        former = earlier.get(one.relation)
        if former and former.keys == one.keys:
            columns = tuple(name for name in one.columns if name in former.columns)
            found.append(Figures(one.relation, one.keys, columns, one.is_summed))
    return [one for one in found if one.columns]


def not_common(connection: duckdb.DuckDBPyConnection, was: str, now: str) -> list[str]:
    """The marts with figures that only one of the warehouses has, or has by these dimensions."""
    both = {one.relation for one in common(connection, was, now)}
    either = {
        one.relation for database in (was, now) for one in figures_of(connection, database)
        if one.columns
    }
    return sorted(either - both)
