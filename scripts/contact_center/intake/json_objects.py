"""The files of systems whose JSON differs too much for columns of its own: each object as it is.
The adapter's models take it apart (macros/adapters/json_records.sql)."""

from __future__ import annotations

from collections import defaultdict

import duckdb
from duckdb import DuckDBPyConnection

from . import readers, sql, texts
from .adapters import Reading, Table, read_as_utf8
from .json_documents import LINES, LONGEST_DOCUMENT, form_of, json_files, no_objects
from .texts import Aside


def read(
    cursor: DuckDBPyConnection, adapter: str, place: str, tables: dict[str, Table], aside: Aside
) -> Reading:
    """Of the adapter's only table the columns file and document: the objects of all JSON files
    below the place, or of the one file that it is. What is no whole object is a row without a
    document; where a file isn't objects at all an InputError is raised."""
    [name] = tables
    paths, reading = json_files(cursor, adapter, place, name)
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in paths:
        text = read_as_utf8(path, aside, reading, texts.JSON)
        if not text.is_empty:
            groups[form_of(text.path)].append((path, text.path))
    selects = []
    for form, members in sorted(groups.items()):
        if form != LINES:
            for member in members:
                check(cursor, form, member)
        selects.append(objects_of(form, members))
    if selects:
        reading.views[name] = "\nunion all\n".join(selects)
    return reading


def check(cursor: DuckDBPyConnection, form: str, member: tuple[str, str]) -> None:
    """Of anything but lines the file is read to its end, so that one that breaks off stops the
    build before the first model."""
    path, read_path = member
    try:
        cursor.execute(f"select count(*) from {reader(form, [read_path])}").fetchall()
    except duckdb.Error as error:
        raise no_objects(path, read_path, error) from error


def objects_of(form: str, members: list[tuple[str, str]]) -> str:
    """`members`: path, path to read."""
    return (
        f"select {readers.source_file(members)} as file, json as document\n"
        f"from {reader(form, [path for _, path in members])}"
    )


def reader(form: str, paths: list[str]) -> str:
    return (
        f"read_json_objects({sql.paths(paths)}, format = '{form}', filename = true, "
        f"ignore_errors = {str(form == LINES).lower()}, maximum_object_size = {LONGEST_DOCUMENT})"
    )
