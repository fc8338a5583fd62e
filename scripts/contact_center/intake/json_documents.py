"""JSON as receivers archive it and interfaces answer it: an object a line, an array, objects side
by side, or the answer of a call over many lines; each alone or in the envelope of the receiver.

A reader that needs no more is three lines (tencent_ccc.py). The columns of the adapter's table say
what is read: docs/adapters/writing-one.md, "JSON".
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable

import duckdb
from duckdb import DuckDBPyConnection

from . import InputError, contract, files, readers, sql, texts
from .adapters import Reading, Table, only_table, read_as_utf8
from .texts import Aside

ENDINGS = (".json", ".jsonl", ".ndjson")
FILE = "file"
# Where a field may stand besides the top: in the envelope's body, in what an answer calls Response,
# or in the one of the other. Where a name is nowhere in a file nothing is looked for in it: that is
# half the cost.
BODY, RESPONSE = "body", "Response"
CHUNK = 1 << 24
LINES, ARRAY, OBJECTS = "newline_delimited", "array", "unstructured"
LONGEST_DOCUMENT = 64 * 1024 * 1024
REMARKS = 20


def read(
    cursor: DuckDBPyConnection, adapter: str, place: str, tables: dict[str, Table], aside: Aside
) -> Reading:
    """The documents of all JSON files below the place, or of the one file that it is: a row for
    each object, with the table's columns. What is no whole object is a row without a value, which
    the macro report_unreadable_documents tells; where a file isn't objects at all an InputError
    does."""
    name, table = only_table(adapter, tables)
    paths, reading = json_files(cursor, adapter, place, name)
    groups: dict[tuple[str, tuple[str, ...]], list[tuple[str, str]]] = defaultdict(list)
    for path in paths:
        read_path = read_as_utf8(path, aside, reading, texts.JSON).path
        if found_in(read_path, table.spellings):
            read_path = reading.read_paths[path] = spelled(read_path, aside, table.spellings)
        groups[form_of(read_path), names_in(read_path)].append((path, read_path))
    selects = []
    for (form, names), members in sorted(groups.items()):
        if form != LINES:
            for member in members:
                check(cursor, table, form, names, member)
        selects.append(documents_of(table, form, names, members))
    reading.views[name] = "\nunion all\n".join(selects)
    return reading


def json_files(
    cursor: DuckDBPyConnection, adapter: str, place: str, name: str
) -> tuple[list[str], Reading]:
    """All below the place, or the one that it is, of the table `name`."""
    below = files.everything(cursor, place)
    paths = [path for path in below if is_json(path)]
    if not paths:
        raise InputError(
            f"Data folder '{place}' holds no file *.json, .jsonl or .ndjson (or .gz). Give the "
            f"folder below which the files that the adapter {adapter} reads lie, or one such file: "
            f"docs/adapters/{adapter}.md."
        )
    reading = Reading(there={name}, files=files.listed(cursor, adapter, place, {name: paths}))
    reading.remarks += remarks_on_others([path for path in below if not is_json(path)])
    return paths, reading


def is_json(path: str) -> bool:
    return path.lower().removesuffix(".gz").endswith(ENDINGS)


def remarks_on_others(paths: list[str]) -> list[str]:
    remarks = [
        f"File '{path}' wasn't read: its name ends with none of {', '.join(ENDINGS)} (or .gz)."
        for path in paths[:REMARKS]
    ]
    if len(paths) > REMARKS:
        remarks.append(f"Nor were {len(paths) - REMARKS} further files with other endings.")
    return remarks


def form_of(path: str) -> str:
    """How the objects of a file lie beside each other, by its first line that isn't blank."""
    with texts.opened(path) as file:
        first = next((line for line in file if line.strip()), b"").strip()
    if first.startswith(b"["):
        return ARRAY
    if path.lower().removesuffix(".gz").endswith(ENDINGS[1:]):
        return LINES
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return OBJECTS
    return LINES


def names_in(path: str) -> tuple[str, ...]:
    """Those of the names of places that a file holds somewhere."""
    return found_in(path, (BODY, RESPONSE))


def spelled(path: str, aside: Aside, spellings: dict[str, str]) -> str:
    """A copy of a file in which fields are spelled as they are read: columns can't be two that only
    capitals tell apart."""
    names = "|".join(map(re.escape, spellings))
    field = re.compile(rf'"({names})"(?=\s*:)'.encode())
    made = texts.place(path, aside)
    with texts.opened(path) as file, made.open("wb") as out:
        for line in file:
            out.write(field.sub(
                lambda found: f'"{spellings[found[1].decode()]}"'.encode(), line
            ))
    return str(made)


def found_in(path: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that a file holds somewhere, in quotes."""
    found: set[str] = set()
    sought = {name: f'"{name}"'.encode() for name in names}
    longest = max(map(len, sought.values()), default=0)
    rest = b""
    with texts.opened(path) as file:
        while len(found) < len(sought) and (chunk := file.read(CHUNK)):
            found |= {name for name, written in sought.items() if written in rest + chunk}
            rest = chunk[-longest:]
    return tuple(sorted(found))


def check(
    cursor: DuckDBPyConnection, table: Table, form: str, names: tuple[str, ...],
    member: tuple[str, str],
) -> None:
    """Only of lines a broken one can be left out; of anything else the file is read to its end,
    so that it stops the build before the first model."""
    path, read_path = member
    try:
        source = reader(table, form, names, [read_path])
        cursor.execute(f"select count(*) from {source}").fetchall()
    except duckdb.Error as error:
        raise no_objects(path, read_path, error) from error


def no_objects(path: str, read_path: str, error: duckdb.Error) -> InputError:
    return InputError(
        f"File '{path}' isn't JSON objects, one a line, side by side or in an array: "
        + str(error).replace(read_path, path)
    )


def documents_of(
    table: Table, form: str, names: tuple[str, ...], members: list[tuple[str, str]]
) -> str:
    """A select of the table's columns from files of one form. `members`: path, path to read."""
    columns = [f"{readers.source_file(members)} as {FILE}"]
    columns += [column for column in table.columns if column in envelope()]
    columns += [
        f"{everywhere(table, column, names)} as {sql.name(column)}" for column in fields(table)
    ]
    listed = ",\n    ".join(columns)
    source = reader(table, form, names, [path for _, path in members])
    return f"select\n    {listed}\nfrom {source}"


def fields(table: Table) -> list[str]:
    """The columns that are fields of the documents themselves."""
    around = contract.around_documents()
    return [column for column in table.columns if column not in around]


def envelope() -> dict[str, str]:
    """What stands around a document, with types."""
    return {name: kind for name, kind in contract.around_documents().items() if name != FILE}


def everywhere(table: Table, column: str, names: tuple[str, ...]) -> str:
    """A field wherever it stands; the first place that has it counts."""
    places = [*(f"{name}." for name in names), ""]
    if len(names) > 1:
        places.append(f"{BODY}.{RESPONSE}.")
    name = sql.name(table.called[column])
    return "coalesce(" + ", ".join(place + name for place in places) + ")"


def reader(table: Table, form: str, names: tuple[str, ...], paths: list[str]) -> str:
    own = {table.called[column]: table.type_of(column) for column in fields(table)}
    answer = {RESPONSE: struct_of(own)} if RESPONSE in names else {}
    body = {BODY: struct_of(own | answer)} if BODY in names else {}
    columns = envelope() | body | answer | own
    listed = ", ".join(
        f"{sql.literal(name)}: {sql.literal(kind)}" for name, kind in columns.items()
    )
    return (
        f"read_json({sql.paths(paths)}, format = '{form}', columns = {{{listed}}}, records = true, "
        f"filename = true, ignore_errors = true, maximum_object_size = {LONGEST_DOCUMENT})"
    )


def struct_of(own: dict[str, str]) -> str:
    return "struct(" + ", ".join(f"{sql.name(name)} {kind}" for name, kind in own.items()) + ")"
