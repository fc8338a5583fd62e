"""The foreign systems' files, as each adapter's sources.yml names their tables and columns."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType

import yaml
from duckdb import DuckDBPyConnection

from ..places import ADAPTERS
from . import InputError, View, files, readers, sql, texts
from .files import File
from .texts import Aside


@dataclass(frozen=True)
class Table:
    """What an adapter reads of one table. `optional`: columns that may be absent; `called`: what
    a column is called in the files, where that is no name of SQL; `types`: those of columns that
    aren't text; `spellings`: of fields that come in others too, the one that is read."""

    name: str
    columns: tuple[str, ...]
    optional: frozenset[str]
    is_required: bool
    called: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)

    def type_of(self, column: str) -> str:
        return self.types.get(column, "varchar")


@dataclass
class Reading:
    """What an adapter's place gives. `views`: table -> select; `there`: the tables that are."""

    views: dict[str, str] = field(default_factory=dict)
    there: set[str] = field(default_factory=set)
    files: list[File] = field(default_factory=list)
    read_paths: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def schema(adapter: str) -> str:
    return f"raw_{adapter}"


@cache
def tables(adapter: str) -> dict[str, Table]:
    """Of the source raw_<adapter>."""
    file = ADAPTERS / adapter / f"{adapter}_sources.yml"
    [source] = yaml.safe_load(file.read_text())["sources"]
    return {table["name"]: _table(table) for table in source["tables"]}


def _table(described: dict) -> Table:
    def meta(item: dict) -> dict:
        return item.get("config", {}).get("meta", {})

    columns = described["columns"]
    return Table(
        described["name"],
        tuple(column["name"] for column in columns),
        frozenset(column["name"] for column in columns if meta(column).get("optional")),
        bool(meta(described).get("required")),
        {column["name"]: meta(column).get("called", column["name"]) for column in columns},
        {column["name"]: column["data_type"] for column in columns if "data_type" in column},
        meta(described).get("spellings", {}),
    )


def read(
    cursor: DuckDBPyConnection, adapter: str, place: str, aside: Aside
) -> Reading:
    """Raises an InputError where the place doesn't hold what the adapter needs."""
    reader = _module(adapter)
    if reader:
        return reader.read(cursor, place, tables(adapter), aside)
    return read_csv_files(cursor, adapter, place, aside)


def _module(adapter: str) -> ModuleType | None:
    """That of a system which writes something else than one kind of CSV files."""
    name = f"{__package__}.{adapter}"
    return importlib.import_module(name) if importlib.util.find_spec(name) else None


def views(adapter: str, reading: Reading) -> list[View]:
    """A view of every table, of those without a file too."""
    return [
        View(schema(adapter), name, reading.views.get(name) or no_rows(table))
        for name, table in tables(adapter).items()
    ]


def no_rows(table: Table) -> str:
    nothing = ", ".join(
        f"cast(null as {table.type_of(name)}) as {sql.name(name)}" for name in table.columns
    )
    return f"select {nothing} where false"


def read_csv_files(
    cursor: DuckDBPyConnection, adapter: str, place: str, aside: Aside
) -> Reading:
    """Of the place's CSV files whose names begin with the adapter's, or the one file that it is:
    the only table's rows, all text, empty as NULL. A line that isn't whole is read as far as it
    goes, and reported."""
    name, table = only_table(adapter, tables(adapter))
    found = csv_files(cursor, adapter, place, adapter)
    reading = Reading(there={name}, files=files.listed(cursor, adapter, place, {name: found}))
    selects = []
    for path in found:
        text = read_as_utf8(path, aside, reading)
        names = readers.csv_header(cursor, text.path)
        reader = csv_file(cursor, adapter, path, text, names, table, reading)
        selects.append(text_select(table, reader))
    reading.views[name] = "\nunion all\n".join(selects)
    return reading


def only_table(adapter: str, tables: dict[str, Table]) -> tuple[str, Table]:
    if len(tables) != 1:
        raise InputError(
            f"models/adapters/{adapter}/{adapter}_sources.yml names {len(tables)} tables, and what "
            "reads these files fills one. More need a module of their own: "
            "docs/adapters/writing-one.md."
        )
    return next(iter(tables.items()))


def csv_files(
    cursor: DuckDBPyConnection, adapter: str, place: str, beginning: str
) -> list[str]:
    found = [
        path for path in files.beginning_with(cursor, place, beginning)
        if path.lower().endswith((".csv", ".csv.gz"))
    ]
    if not found:
        raise InputError(
            f"Data folder '{place}' holds no file {beginning}*.csv or .csv.gz. Give the folder "
            f"with the files that the adapter {adapter} reads, or one such file: "
            f"docs/adapters/{adapter}.md."
        )
    return found


def csv_file(
    cursor: DuckDBPyConnection, adapter: str, path: str, text: texts.Text, names: list[str],
    table: Table, reading: Reading,
) -> str:
    """The reader of one file, with the table's column names; remarks on lines that aren't whole.
    `names`: of its header."""
    check_columns(adapter, path, names, table)
    remark_on_ragged_lines(cursor, path, text, names, reading)
    return readers.ragged_csv(text.path, names_in(table, names))


def remark_on_ragged_lines(
    cursor: DuckDBPyConnection, path: str, text: texts.Text, names: list[str], reading: Reading
) -> None:
    lines, count = readers.ragged_lines(cursor, text.path, names)
    reading.remarks += texts.remarks_on_lines(
        path, lines, "has too few values, too many or an open quote and was read as far as it goes",
        count,
    )


def read_as_utf8(
    path: str, aside: Aside, reading: Reading, kind: str = texts.CSV
) -> texts.Text:
    text = texts.as_utf8(path, aside, kind)
    if text.path != path:
        reading.read_paths[path] = text.path
    reading.remarks += texts.remarks_on_encoding(path, text)
    return text


def check_columns(adapter: str, path: str, names: list[str], table: Table) -> None:
    lacking = [name for name in table.columns if name not in names_in(table, names)]
    needed = [name for name in lacking if name not in table.optional]
    if needed:
        raise InputError(
            f"File '{path}' lacks {', '.join(called(table, needed))}. The adapter {adapter} needs "
            "a header line, commas between values, and these columns: "
            + ", ".join(called(table, table.columns)) + "."
        )


def called(table: Table, names: Iterable[str]) -> list[str]:
    return [table.called.get(name, name) for name in names if name not in table.optional]


def names_in(table: Table, names: list[str]) -> list[str]:
    """A header's names as the table has them: what is no letter or digit is _ there."""
    plain = {name: "".join(c if c.isalnum() or c == "_" else "_" for c in name) for name in names}
    return [plain[name] if plain[name] in table.columns else name for name in names]


def text_select(table: Table, reader: str) -> str:
    listed = ",\n    ".join(sql.name(name) for name in table.columns)
    return f"select\n    {listed}\nfrom {reader}"
