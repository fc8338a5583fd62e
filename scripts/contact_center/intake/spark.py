"""The same on a Spark cluster, over its Thrift server: Parquet files wherever the cluster can read
them. ./scripts/build makes Parquet of other formats, and of the demo, before (spark_input.py)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

from . import InputError, Places, contract, reading, tables, values
from .files import File, Load, unseen
from .loads import LOADS
from .oddities import FLOATS, is_id

SCHEMA = "contact_center_intake"
TYPES = {"timestamp": "TIMESTAMP", "timestamp_ntz": "TIMESTAMP", "int": "INTEGER"}
LISTING = """
    create or replace temporary view data_files
    using binaryFile options (path {folder}, recursiveFileLookup 'true')
"""
# The path of a file as the listing has it, of what its rows say.
PATH_OF_ROWS = "regexp_replace(url_decode(replace({file}, '+', '%2B')), '^file:/+', 'file:/')"
FILE_COLUMNS = (
    "table_name string, feed string, folder string, file string, path string, read_path string, "
    "byte_count bigint, modified_at timestamp, is_changed boolean, row_count bigint"
)


def read(cursor: Any, places: Places, is_full_refresh: bool) -> None:
    """Makes the schema that dbt's sources name. Why there can't be a build is told by the build."""
    found = reading.Found()
    views = {}
    try:
        files = unseen_files(cursor, places.data_dir, is_full_refresh)
        found.files = [reading.file_row(file, file.path) for file in files]
        views = {
            table_name: view_of(
                cursor, table_name, [file for file in files if file.table_name == table_name]
            )
            for table_name in contract.tables()
        }
    except InputError as error:
        found.problem = str(error)
    show(cursor, places, found, views)


def unseen_files(cursor: Any, data_dir: str, is_full_refresh: bool) -> list[File]:
    loads = None if is_full_refresh else loads_of(cursor)
    files = unseen(files_of(cursor, data_dir.rstrip("/")), loads or [])
    if loads is None:
        found = {file.table_name for file in files}
        for table_name in contract.required_tables():
            if table_name not in found:
                raise InputError(
                    f"Data folder '{data_dir}' lacks the required table {table_name}: neither a "
                    f"file {table_name}.parquet nor a folder {table_name}/ of such files is in it."
                )
    return files


def loads_of(cursor: Any) -> list[Load] | None:
    try:
        return [Load(*row) for row in rows(cursor, LOADS.format(relation="staging.loads"))]
    except Exception as error:
        if re.search("TABLE_OR_VIEW_NOT_FOUND|SCHEMA_NOT_FOUND", str(error)):
            return None
        raise


def files_of(cursor: Any, folder: str) -> list[File]:
    cursor.execute(LISTING.format(folder=literal(folder)))
    listed = rows(cursor, "select path, length, modificationTime from data_files order by path")
    files = []
    for path, byte_count, modified_at in listed:
        name = name_within(folder, path)
        table_name = re.split(r"[./]", name, maxsplit=1)[0]
        if table_name in contract.tables() and name.lower().endswith(".parquet"):
            files.append(File(
                table_name, tables.FEED, folder, name, path, byte_count, modified_at,
                source_modified_at=modified_at,
            ))
    return files


def name_within(folder: str, path: str) -> str:
    """The listing has a whole path, whatever way the folder was given; its last name may be that of
    another folder above it, too."""
    mark = f"{folder}/" if f"{folder}/" in path else f"/{folder.rsplit('/', 1)[-1]}/"
    return path.partition(mark)[2]


def view_of(cursor: Any, table_name: str, files: list[File]) -> str:
    columns = contract.columns(table_name)
    groups: dict[bool, list[File]] = defaultdict(list)
    for file in files:
        groups[file.is_changed].append(file)
    sources = []
    for group in groups.values():
        reader = reader_of([file.path for file in group])
        described = rows(cursor, f"describe query select * from {reader}")
        types = {row[0].lower(): TYPES.get(row[1], row[1].upper()) for row in described}
        sources.append((reader, types, whole_floats(cursor, reader, types), group))
    native = values.native_columns(columns, [types for _, types, _, _ in sources])
    selects = [select(columns, native, *source) for source in sources]
    return "\nunion all\n".join(selects) or tables.no_rows(table_name).replace("varchar", "string")


def whole_floats(cursor: Any, reader: str, types: dict[str, str]) -> set[str]:
    """The id columns of floats that are all whole numbers: 3.0 is 3."""
    floats = [name for name, kind in types.items() if is_id(name) and kind in FLOATS]
    if not floats:
        return set()
    conditions = ", ".join(
        f"bool_and(abs({name}) < 1e18 and {name} = floor({name}))" for name in floats
    )
    [row] = rows(cursor, f"select {conditions} from {reader}")
    return {name for name, is_whole in zip(floats, row, strict=True) if is_whole}


def reader_of(paths: list[str]) -> str:
    """All files at once, the schemas merged (spark.sql.parquet.mergeSchema), each row with its
    file. Spark takes one path, in which the names of files may be told apart."""
    folder = paths[0].rpartition("/")[0] + "/"
    while not all(path.startswith(folder) for path in paths):
        folder = folder[:-1].rpartition("/")[0] + "/"
    names = [escaped(path.removeprefix(folder)) for path in paths]
    pattern = "{" + ",".join(names) + "}" if len(names) > 1 else names[0]
    return (
        "(select *, _metadata.file_path as filename "
        f"from parquet.`{escaped(folder)}{pattern}`)"
    )


def select(
    columns: dict[str, object], native: set[str], reader: str, types: dict[str, str],
    whole: set[str], group: list[File],
) -> str:
    expressions = {}
    for column, contract_type in columns.items():
        kind = values.NATIVE_TYPES[str(contract_type)] if column in native else "string"
        if column not in types:
            expressions[column] = f"cast(null as {kind})"
        elif column in native:
            expressions[column] = f"cast({column} as {kind})"
        else:
            number = f"cast({column} as bigint)" if column in whole else column
            expressions[column] = f"nullif(cast({number} as string), '')"
    expressions |= {
        "feed": literal(tables.FEED),
        "source_file": "filename",
        "is_changed_source": str(group[0].is_changed).lower(),
        "source_modified_at": instants(group),
    }
    listed = ",\n    ".join(f"{value} as {column}" for column, value in expressions.items())
    return f"select\n    {listed}\nfrom {reader}"


def instants(group: list[File]) -> str:
    """When each row's file had last changed as it was first loaded."""
    known = {file.path: f"timestamp '{file.source_modified_at}'" for file in group}
    if len(set(known.values())) == 1:
        return next(iter(known.values()))
    pairs = ", ".join(f"{literal(path)}, {instant}" for path, instant in known.items())
    return f"element_at(map({pairs}), {PATH_OF_ROWS.format(file='filename')})"


def show(cursor: Any, places: Places, found: reading.Found, views: dict[str, str]) -> None:
    statements = [
        f"drop schema if exists {SCHEMA} cascade",
        f"create schema {SCHEMA}",
        table("files_of_this_build", FILE_COLUMNS, found.files),
        table("inputs_of_this_build", "feed string, input string", []),
        table(
            "remarks", "position int, kind string, message string",
            reading.remark_rows(places, found),
        ),
    ]
    statements += [f"create view {SCHEMA}.{name} as {sql}" for name, sql in views.items()]
    for statement in statements:
        cursor.execute(statement)


def table(name: str, columns: str, members: list[tuple]) -> str:
    """A table of rows, as one JSON text: nothing is to be escaped twice."""
    names = [column.split()[0] for column in columns.split(", ")]
    records = json.dumps([dict(zip(names, row, strict=True)) for row in members], default=str)
    return (
        f"create table {SCHEMA}.{name} using parquet as "
        f"select row.* from (select explode(from_json({literal(records)}, "
        f"{literal(f'array<struct<{_fields(columns)}>>')}, "
        "map('timestampFormat', 'yyyy-MM-dd HH:mm:ss[.SSSSSS]'))) as row)"
    )


def _fields(columns: str) -> str:
    return ", ".join(column.replace(" ", ": ", 1) for column in columns.split(", "))


def rows(cursor: Any, sql: str) -> list[tuple]:
    cursor.execute(sql)
    return cursor.fetchall()


def literal(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def escaped(path: str) -> str:
    """A path for a pattern in which every character stands for itself."""
    return re.sub(r"([\[\]{}*?,\\])", r"\\\1", path)
