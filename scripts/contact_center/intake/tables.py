"""The contract's tables in a folder of files: whether they can be read, and as what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import duckdb
from duckdb import DuckDBPyConnection

from . import (
    SCHEMA,
    InputError,
    Persons,
    View,
    contract,
    files,
    near_misses,
    oddities,
    readers,
    sql,
    texts,
    unreadable,
    values,
)
from .files import File, Load
from .oddities import Oddities
from .texts import Aside

FEED = "contract"


@dataclass
class Folder:
    """What a folder gives this build. `read_paths`: of files that were written anew, aside;
    `row_counts`: path -> rows, of the files that were read to their end; `columns`: path -> names;
    `file_counts`: of each table's files, loaded before or not; `persons`: whose ids become
    something else."""

    files: list[File] = field(default_factory=list)
    read_paths: dict[str, str] = field(default_factory=dict)
    row_counts: dict[str, int] = field(default_factory=dict)
    oddities: dict[str, Oddities] = field(default_factory=dict)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    file_counts: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)
    persons: Persons = Persons()

    def read_path(self, file: File) -> str:
        return self.read_paths.get(file.path, file.path)


def read(
    cursor: DuckDBPyConnection, data_dir: str, loads: list[Load] | None, again: int | None,
    aside: Aside,
) -> Folder:
    """Reads every file that is to be loaded to its end (of Parquet the footer only), so that a
    broken one stops the build before the first model: an InputError names it. `loads`: None where
    nothing is loaded yet."""
    if files.is_empty(cursor, data_dir):
        raise InputError(
            f"Data folder '{data_dir}' isn't there or is empty. Give data_dir a folder that holds "
            "the contract's tables: docs/event_contract.md."
        )
    folder = list_folder(cursor, data_dir, loads, again)
    if loads is None:
        refuse_lacking(data_dir, {file.table_name for file in folder.files})
    for file in folder.files:
        check(cursor, folder, file, aside)
    folder.remarks += near_misses.empty_tables(folder)
    folder.remarks += near_misses.columns(folder)
    folder.remarks += near_misses.names(data_dir)
    return folder


def list_folder(
    cursor: DuckDBPyConnection, data_dir: str, loads: list[Load] | None, again: int | None = None
) -> Folder:
    folder = Folder()
    readable: dict[str, list[str]] = {}
    for table_name in contract.tables():
        paths = files.below(cursor, data_dir, table_name)
        readable[table_name] = [path for path in paths if readers.file_format(path)]
        folder.file_counts[table_name] = len(readable[table_name])
        folder.remarks += near_misses.not_read(
            [path for path in paths if not readers.file_format(path)],
            is_only=not readable[table_name],
        )
    found = files.listed(cursor, FEED, data_dir, readable)
    folder.files = files.unseen(found, loads or [], again)
    return folder


def refuse_lacking(data_dir: str, found: set[str]) -> None:
    for table_name in contract.required_tables():
        if table_name not in found:
            hints = [said for said in near_misses.names(data_dir) if f" {table_name}" in said]
            if not found and not hints:
                hints = ["Another system's files need its adapter: --adapter NAME (docs/adapters)."]
            raise InputError(" ".join([
                f"Data folder '{data_dir}' lacks the required table {table_name}: neither a file "
                f"{table_name}.csv, .parquet or .jsonl (or .gz) nor a folder {table_name}/ of such "
                "files is in it.", *hints,
            ]))


def check(cursor: DuckDBPyConnection, folder: Folder, file: File, aside: Aside) -> None:
    columns = contract.columns(file.table_name)
    kind = file.format
    is_empty = False
    if kind != "parquet":
        text = texts.as_utf8(file.path, aside, texts.CSV if kind == "csv" else texts.JSON)
        if text.path != file.path:
            folder.read_paths[file.path] = text.path
        folder.remarks += texts.remarks_on_encoding(file.path, text)
        is_empty = text.is_empty and kind == "csv"
    if is_empty:
        is_only = folder.file_counts[file.table_name] == 1
        raise InputError(near_misses.empty(file.path, file.table_name, is_only))
    reader = readers.of_format(kind, [folder.read_path(file)], columns, union_by_name=False)
    typed = [name for name, of_type in columns.items() if is_time_or_number(of_type)]
    try:
        types = readers.described(cursor, reader)
        known = {column: types[column] for column in columns if column in types}
        row_count, odd = oddities.found(cursor, reader, known, typed, kind == "parquet")
    except duckdb.Error as error:
        raise InputError(unreadable.reason(cursor, error, file, folder.read_path(file))) from error
    if not known:
        raise InputError(unreadable.without_columns(file, columns, types))
    if kind == "csv" and any(f"{column}_1" in types for column in known):
        header = readers.csv_header(cursor, folder.read_path(file))
        folder.remarks += near_misses.doubled(file.path, header, known)
    folder.row_counts[file.path] = row_count
    folder.oddities[file.path] = odd
    names = near_misses.keys_of_lines(folder.read_path(file)) if kind == "jsonl" else types
    folder.columns[file.path] = tuple(names)


def is_time_or_number(contract_type: object) -> bool:
    return contract_type in ("timestamp", "integer") or (
        isinstance(contract_type, dict) and "range" in contract_type
    )


def views(cursor: DuckDBPyConnection, folder: Folder) -> Iterator[View]:
    """A view of every table, of those without a file too."""
    for table_name in contract.tables():
        members = [file for file in folder.files if file.table_name == table_name]
        yield View(SCHEMA, table_name, view_of(cursor, folder, table_name, members))


def view_of(
    cursor: DuckDBPyConnection, folder: Folder, table_name: str, members: Iterable[File]
) -> str:
    """As few readers as can be: one for each format, changed files apart, and those that write
    values in a program's way."""
    columns = contract.columns(table_name)
    groups: dict[tuple[str, bool, Oddities], list[File]] = defaultdict(list)
    for file in members:
        odd = folder.oddities.get(file.path, Oddities())
        groups[file.format, file.is_changed, odd].append(file)
    sources = []
    for (kind, _, odd), group in groups.items():
        reader = readers.of_format(kind, [folder.read_path(file) for file in group], columns)
        sources.append((reader, readers.described(cursor, reader), odd, group))
    native = values.native_columns(columns, [types for _, types, _, _ in sources])
    selects = [
        select(columns, native, types, odd, reader, of_files(folder, group), folder.persons)
        for reader, types, odd, group in sources
    ]
    return "\nunion all\n".join(selects) or no_rows(table_name)


def of_files(folder: Folder, group: list[File]) -> dict[str, str]:
    """The columns that say which file a row is of: constants where they are the same for all."""
    paths = [(file.path, folder.read_path(file)) for file in group]
    instants = [f"timestamp '{file.source_modified_at}'" for file in group]
    return {
        "feed": sql.literal(FEED),
        "source_file": readers.source_file(paths),
        "is_changed_source": str(group[0].is_changed).lower(),
        "source_modified_at": readers.by_file(instants),
    }


def select(
    columns: dict[str, object], native: set[str], types: dict[str, str], odd: Oddities,
    reader: str, of_source: dict[str, str], persons: Persons,
) -> str:
    values_of = {
        column: values.contract_value(
            column, contract_type, types.get(column), column in native, odd
        )
        for column, contract_type in columns.items()
    }
    expressions = contract.without_persons(values_of, persons) | of_source
    listed = ",\n    ".join(f"{value} as {column}" for column, value in expressions.items())
    return f"select\n    {listed}\nfrom {reader}"


def no_rows(table_name: str) -> str:
    columns = contract.columns(table_name)
    types = {column: "varchar" for column in [*columns, "feed", "source_file"]}
    types |= {"is_changed_source": "boolean", "source_modified_at": "timestamp"}
    listed = ",\n    ".join(f"cast(null as {kind}) as {name}" for name, kind in types.items())
    return f"select\n    {listed}\nwhere false"
