"""What a build reads, as views and tables in a database of their own beside the warehouse."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from ..places import adapters as all_adapters
from . import DATABASE, SCHEMA, InputError, Places, View, adapters, sql, tables, texts
from .files import File, Load
from .texts import Aside

FILES_TABLE = f"""
    create or replace table {DATABASE}.{SCHEMA}.files_of_this_build (
        table_name varchar, feed varchar, folder varchar, file varchar, path varchar,
        read_path varchar, byte_count bigint, modified_at timestamp, is_changed boolean,
        row_count bigint
    )
"""
INPUTS_TABLE = f"""
    create or replace table {DATABASE}.{SCHEMA}.inputs_of_this_build (feed varchar, input varchar)
"""
# kind: places (what was read, as JSON), problem (why it can't be) or remark.
REMARKS_TABLE = f"""
    create or replace table {DATABASE}.{SCHEMA}.remarks (
        position integer, kind varchar, message varchar
    )
"""


@dataclass
class Found:
    """`inputs`: (feed, table) of the foreign tables that are there."""

    views: list[View] = field(default_factory=list)
    files: list[tuple] = field(default_factory=list)
    inputs: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    problem: str | None = None


def read(
    cursor: DuckDBPyConnection, places: Places, loads: list[Load] | None, aside: Path,
    is_build: bool, again: int | None = None,
) -> Found:
    """`is_build`: false where nothing is to be built of it, so that files needn't be read to their
    end; `again`: see files.unseen."""
    found = Found()
    shutil.rmtree(aside, ignore_errors=True)
    try:
        check_encoding(places.text_encoding)
        if places.reads_contract_files:
            read_contract(cursor, places, loads, aside, is_build, again, found)
        for adapter, place in places.adapters.items():
            if adapter in all_adapters():
                copies = Aside(aside / adapter, places.text_encoding)
                read_adapter(cursor, adapter, place, copies, found)
    except (InputError, duckdb.Error) as error:
        found.problem = str(error)
    return found


def check_encoding(name: str) -> None:
    if name and not texts.is_encoding(name):
        raise InputError(f"Variable text_encoding is '{name}' but must be {texts.ENCODINGS}.")


def read_contract(
    cursor: DuckDBPyConnection, places: Places, loads: list[Load] | None, aside: Path,
    is_build: bool, again: int | None, found: Found,
) -> None:
    if is_build:
        copies = Aside(aside, places.text_encoding)
        folder = tables.read(cursor, places.data_dir, loads, again, copies)
    else:
        folder = tables.list_folder(cursor, places.data_dir, loads, again)
    folder.persons = places.persons
    found.remarks += folder.remarks
    found.files += [
        file_row(file, folder.read_path(file), folder.row_counts.get(file.path))
        for file in folder.files
    ]
    found.views += tables.views(cursor, folder)


def read_adapter(
    cursor: DuckDBPyConnection, adapter: str, place: str, aside: Aside, found: Found
) -> None:
    reading = adapters.read(cursor, adapter, place, aside)
    found.remarks += reading.remarks
    found.inputs += [(adapter, name) for name in sorted(reading.there)]
    found.files += [
        file_row(file, reading.read_paths.get(file.path, file.path)) for file in reading.files
    ]
    found.views += adapters.views(adapter, reading)


def file_row(file: File, read_path: str, row_count: int | None = None) -> tuple:
    """A row of files_of_this_build."""
    return (
        file.table_name, file.feed, file.folder, file.name, file.path, read_path, file.byte_count,
        file.modified_at, file.is_changed, row_count,
    )


def show(cursor: DuckDBPyConnection, places: Places, found: Found) -> None:
    """Makes the database that dbt's sources name. What wasn't read is a view without rows."""
    cursor.execute(f"attach if not exists ':memory:' as {DATABASE}")
    cursor.execute(f"create schema if not exists {DATABASE}.{SCHEMA}")
    for statement in (FILES_TABLE, INPUTS_TABLE, REMARKS_TABLE):
        cursor.execute(statement)
    insert(cursor, "files_of_this_build", found.files)
    insert(cursor, "inputs_of_this_build", found.inputs)
    insert(cursor, "remarks", remark_rows(places, found))
    views = {(view.schema, view.name): view.sql for view in empty_views()}
    views |= {(view.schema, view.name): view.sql for view in found.views}
    for schema in {schema for schema, _ in views}:
        cursor.execute(f"create schema if not exists {DATABASE}.{schema}")
    for (schema, name), select in views.items():
        view = f"{DATABASE}.{schema}.{sql.name(name)}"
        try:
            cursor.execute(f"create or replace view {view} as {select}")
        except duckdb.Error as error:
            # An adapter's source gives columns types that there aren't.
            raise type(error)(f"The source {schema}.{name} can't be shown: {error}") from error


def empty_views() -> Iterable[View]:
    for table_name in tables.contract.tables():
        yield View(SCHEMA, table_name, tables.no_rows(table_name))
    for adapter in all_adapters():
        yield from adapters.views(adapter, adapters.Reading())


def remark_rows(places: Places, found: Found) -> list[tuple]:
    said = [("places", json.dumps({"data_dir": places.data_dir, "adapters": places.adapters}))]
    if found.problem:
        said.append(("problem", found.problem))
    said += [("remark", remark) for remark in found.remarks]
    return [(position, *row) for position, row in enumerate(said, start=1)]


def insert(cursor: DuckDBPyConnection, table: str, rows: list[tuple]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        cursor.executemany(f"insert into {DATABASE}.{SCHEMA}.{table} values ({marks})", rows)
