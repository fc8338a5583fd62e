"""What an export holds: its columns with their labels, and its rows, read from the marts."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter
from dataclasses import dataclass, replace

import duckdb

from .intake import sql

DATE_COLUMN = "date_day"
# Ids that an export shows with a name beside them, and where the name stands.
NAMES = {
    "company_id": ("dim_companies", "company_name"),
    "agent_id": ("dim_agents", "agent_name"),
    "team_id": ("dim_teams", "team_name"),
    "skill_id": ("dim_skills", "skill_name"),
    "campaign_id": ("dim_campaigns", "campaign_name"),
    "channel_id": ("dim_channels", "channel_name"),
}
# Ways in which a family of marts is exported, the first one first.
MODES = ("aggregated", "daily", "interval")
INTERVAL_COLUMN = "interval_started_at"
LABEL_COLUMNS = {"en": "label_en", "zh": "label_zh", "column": "column_name"}
# The finished rows, in their order. Temporary: it vanishes with the connection.
EXPORTED = "exported_rows"


@dataclass(frozen=True)
class Selection:
    """Which rows of which relation."""

    relation: str
    mode: str
    # As the column catalogue names it, and a mart of its days, where there is one.
    mart: str
    daily: str | None
    from_date: datetime.date
    to_date: datetime.date
    companies: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        given = {"company_id": self.companies, "agent_id": self.agents}
        return {column: ids for column, ids in given.items() if ids}


@dataclass(frozen=True)
class Column:
    """A column of an export, as marts.column_catalog describes it."""

    relation: str
    name: str
    label: str
    unit: str | None
    data_type: str

    @property
    def is_text(self) -> bool:
        return self.data_type.lower() in ("varchar", "text", "string")

    @property
    def is_time(self) -> bool:
        return self.data_type.lower().startswith("timestamp")

    @property
    def is_integer(self) -> bool:
        return "int" in self.data_type.lower()


@dataclass(frozen=True)
class Name:
    """The name that stands beside an id: its column there, and where it comes from."""

    column: str
    table: str
    key: str
    source: str
    # What the joined table is called in the query.
    alias: str


def name_of(id_column: str) -> Name | None:
    """Also of an id that says which part an agent or a skill plays: to_agent_id, first_skill_id."""
    for key, (table, source) in NAMES.items():
        if id_column == key:
            return Name(source, table, key, source, table)
        if id_column.endswith(f"_{key}"):
            part = id_column.removesuffix("_id")
            return Name(f"{part}_name", table, key, source, part)
    return None


def modes_of_families(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """The families of marts, each with its modes, and for each mode the relation under which the
    column catalogue describes it: marts of days or intervals, and functions of a range."""
    relations = {
        relation for (relation,) in connection.execute(
            "select distinct relation from marts.column_catalog"
        ).fetchall()
    }
    functions = {
        name for (name,) in connection.execute(
            "select function_name from duckdb_functions() where schema_name = 'marts'"
        ).fetchall()
    } & relations
    families: dict[str, dict[str, str]] = {}
    for name in sorted(functions):
        whole = f"{name}_aggregated"
        families[name] = {"aggregated": whole if whole in relations else name}
    for mode in MODES[1:]:
        for relation in sorted(relations):
            if relation.endswith(f"_{mode}"):
                families.setdefault(relation.removesuffix(f"_{mode}"), {})[mode] = relation
    return dict(sorted(families.items()))


def read_columns(
    connection: duckdb.DuckDBPyConnection, mart: str, labels: str
) -> list[Column]:
    """Dates, then ids with their names, then the rest as in the catalogue; none if it is empty."""
    rows = connection.execute(
        f"""
        select
            relation, column_name, coalesce({LABEL_COLUMNS[labels]}, column_name), unit, data_type
        from marts.column_catalog
        where relation = $mart or relation in (select unnest($dimensions))
        order by position
        """,
        {"mart": mart, "dimensions": [relation for relation, _ in NAMES.values()]},
    ).fetchall()
    known = {(row[0], row[1]): Column(*row) for row in rows}
    measures = [column for column in known.values() if column.relation == mart]
    dates = [column for column in measures if column.name == DATE_COLUMN]
    ids = []
    for column in measures:
        if name := name_of(column.name):
            # The name of a part has no label in the catalogue but the id's.
            label = name.column
            if column.label != column.name:
                label = column.label.removesuffix(" id").removesuffix("编号")
            unnamed = Column(name.alias, name.column, label, "text", "varchar")
            ids += [column, known.get((name.alias, name.column), unnamed)]
    rest = [column for column in measures if column not in dates and column not in ids]
    return with_distinct_labels(dates + ids + rest)


def with_distinct_labels(columns: list[Column]) -> list[Column]:
    """Columns whose labels are equal get their names in parentheses behind them."""
    uses = Counter(column.label.casefold() for column in columns)
    return [
        replace(column, label=f"{column.label} ({column.name})")
        if uses[column.label.casefold()] > 1
        else column
        for column in columns
    ]


def collect_rows(
    connection: duckdb.DuckDBPyConnection, selection: Selection, columns: list[Column]
) -> int:
    """Puts the selected rows, sorted, into the temporary table; gives their number."""
    mart = selection.mart
    joins = [
        f"""
            left join (
                select {name.key} as {column.name}, {name.source} as {name.column}
                from marts.{name.table}
            ) as {name.alias} on mart.{column.name} = {name.alias}.{column.name}
        """
        for column in columns if (name := name_of(column.name))
    ]
    tables = {column: "mart" if column.relation == mart else column.relation for column in columns}
    outputs = [f"{table}.{sql.name(column.name)}" for column, table in tables.items()]
    connection.execute(
        f"""
        create temporary table {EXPORTED} as
        select {", ".join(outputs)}
        from {source(selection)} as mart
        {" ".join(joins)}
        where {conditions(selection)}
        order by {", ".join(sort_keys(columns)) or "all"}
        """,
        parameters(selection),
    )
    return connection.execute(f"select count(*) from {EXPORTED}").fetchone()[0]


def source(selection: Selection) -> str:
    if selection.mode != "aggregated":
        return f"marts.{selection.mart}"
    return f"marts.{selection.relation}($from_date, $to_date)"


def conditions(selection: Selection, *, in_range: bool = True) -> str:
    found = [f"mart.{column} in (select unnest(${column}s))" for column in selection.filters]
    if in_range and selection.mode != "aggregated":
        found.append(f"mart.{DATE_COLUMN} between $from_date and $to_date")
    return " and ".join(found) or "true"


def parameters(selection: Selection, *, in_range: bool = True) -> dict[str, object]:
    found: dict[str, object] = {
        f"{column}s": list(ids) for column, ids in selection.filters.items()
    }
    if in_range:
        found |= {"from_date": selection.from_date, "to_date": selection.to_date}
    return found


def sort_keys(columns: list[Column]) -> list[str]:
    """The day, then each name with its id, then the other texts: together the grain of a mart."""
    names = [column.name for column in columns]
    keys = [name for name in (DATE_COLUMN, INTERVAL_COLUMN) if name in names]
    named: set[str] = set()
    for column, name in itertools.pairwise(columns):
        if name_of(column.name):
            keys += [name.name, f"mart.{column.name}"]
            named |= {column.name, name.name}
    texts = [column.name for column in columns if column.is_text and column.name not in named]
    # A number tells rows apart in some: the score.
    others = [name for name in names if name not in {*keys, *texts, *named}]
    return keys + texts + others


def days_held(
    connection: duckdb.DuckDBPyConnection, selection: Selection
) -> tuple[datetime.date, datetime.date] | None:
    """First and last day on which the warehouse has a row for the selection's filters."""
    first, last = connection.execute(
        f"""
        select min(mart.{DATE_COLUMN}), max(mart.{DATE_COLUMN})
        from marts.{selection.daily} as mart
        where {conditions(selection, in_range=False)}
        """,
        parameters(selection, in_range=False),
    ).fetchone()
    return (first, last) if first is not None else None


def names_by_id(connection: duckdb.DuckDBPyConnection, id_column: str) -> dict[str, str]:
    relation, name = NAMES[id_column]
    return dict(connection.execute(f"select {id_column}, {name} from marts.{relation}").fetchall())
