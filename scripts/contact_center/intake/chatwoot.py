"""Chatwoot's tables, as exported files or in its attached PostgreSQL database."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
from duckdb import DuckDBPyConnection

from . import InputError, files, readers, sql, values
from .adapters import Reading, Table, read_as_utf8, remark_on_ragged_lines
from .oddities import is_id, listed, without_words, words_in
from .texts import Aside

ADAPTER = "chatwoot"
# The name under which the database is attached, and how a place says that it is one.
DATABASE = "chatwoot_database"
ATTACHED = f"database {DATABASE}"
SEEN_TABLES = f"""
    select table_name
    from information_schema.tables
    where table_catalog = '{DATABASE}' and table_schema = 'public'
"""
READABLE = """
    select column_name
    from postgres_query('chatwoot_database', $$
        select attname::text as column_name
        from pg_attribute
        where
            attrelid = 'public.{name}'::regclass and attnum > 0
            and has_column_privilege(attrelid, attnum, 'select')
    $$)
"""
NUMBERS = (
    "content_type", "message_type", "private", "rating", "status", "priority", "day_of_week",
    "open_hour", "open_minutes", "close_hour", "close_minutes", "first_response_time_threshold",
    "next_response_time_threshold", "resolution_time_threshold", "medium",
)

RESOLVED = """
    select id
    from ({conversations})
    where coalesce(status, '1') = '1'
    limit 1
"""
LACKS_EVENTS = (
    "Chatwoot's table reporting_events isn't in '{place}', or may not be read, and conversation "
    "{id} is resolved, or has no status: nothing would tell when conversations were closed. Add "
    "it: docs/adapters/chatwoot.md."
)
# How the types begin in which Parquet may hold JSON; pandas and pyarrow write dicts so.
NESTED = ("STRUCT", "MAP")
# What was written is read of Chatwoot's own notes in the thread only.
NOTE, CONTENT = "activity_text", "content"
NO_DATABASE = (
    "No database is attached for the adapter chatwoot. Give ./scripts/build the URL with "
    "--database, or plain dbt in the environment variable CONTACT_CENTER_CHATWOOT_DATABASE: "
    "docs/adapters/chatwoot.md."
)
LACKS_TABLE = (
    "The database has no table {name} in its schema public that this user may see. Is it "
    "Chatwoot's, and may the user read it? docs/adapters/chatwoot.md."
)
EMPTY_FILE = (
    "File '{path}' is empty. So psql leaves it where the user may not read the table {name}, or a "
    "column of it. Export it again, or take the file away: docs/adapters/chatwoot.md."
)
NOT_GRANTED = (
    "Table '{name}' of the database isn't read, for its user may read none of its columns; what "
    "needs it isn't measured. A grant makes it readable: docs/adapters/chatwoot.md."
)
LACKS_FILE = (
    "Data folder '{place}' holds neither a file {name}.csv, .csv.gz or .parquet nor a folder "
    "{name}/ of such files, and Chatwoot's table {name} is needed: docs/adapters/chatwoot.md."
)


def read(
    cursor: DuckDBPyConnection, place: str, tables: dict[str, Table], aside: Aside
) -> Reading:
    """The rows of every table, all text, empty as NULL, ids and kinds without the decimals that
    other programs give them (5.0)."""
    reading = (
        read_database(cursor, tables) if place == ATTACHED
        else read_folder(cursor, place, tables, aside)
    )
    for name, needed in (
        # A tagging without the tags' names is of no use, hours without an inbox's zone neither, and
        # what was promised without the conversations to which it was is nobody's.
        ("taggings", "tags"), ("working_hours", "inboxes"), ("sla_policies", "applied_slas"),
    ):
        if needed not in reading.there:
            reading.there.discard(name)
    if "reporting_events" not in reading.there:
        check_that_none_is_resolved(cursor, place, reading)
    return reading


def check_that_none_is_resolved(cursor: DuckDBPyConnection, place: str, reading: Reading) -> None:
    resolved = cursor.execute(
        RESOLVED.format(conversations=reading.views["conversations"])
    ).fetchone()
    if resolved:
        raise InputError(LACKS_EVENTS.format(place=place, id=resolved[0]))


def read_folder(
    cursor: DuckDBPyConnection, place: str, tables: dict[str, Table], aside: Aside
) -> Reading:
    reading = Reading()
    for name, table in tables.items():
        paths = [
            path for path in files.below(cursor, place, name)
            if readers.file_format(path) in ("csv", "parquet")
        ]
        if not paths and table.is_required:
            raise InputError(LACKS_FILE.format(place=place, name=name))
        reading.files += files.listed(cursor, ADAPTER, place, {name: paths})
        selects = [read_file(cursor, path, table, aside, reading) for path in paths]
        if any(selects):
            reading.there.add(name)
            reading.views[name] = "\nunion all\n".join(filter(None, selects))
    return reading


def read_file(
    cursor: DuckDBPyConnection, path: str, table: Table, aside: Aside, reading: Reading
) -> str | None:
    """The query of a file's rows; None where it is what an export of a table that an older Chatwoot
    lacks leaves behind."""
    hint = ""
    nested: set[str] = set()
    if readers.file_format(path) == "csv":
        text = read_as_utf8(path, aside, reading)
        present = readers.csv_header(cursor, text.path)
        reader = readers.ragged_csv(text.path, present)
        hint = " A CSV file needs a header line with these names and commas between values."
    else:
        reader = f"read_parquet({sql.path(path)})"
        try:
            types = readers.described(cursor, reader)
        except duckdb.Error as error:
            raise InputError(f"File '{path}' can't be read: {error}") from error
        present = list(types)
        nested = {name for name, kind in types.items() if kind.startswith(NESTED)}
    if not present and is_all_optional(table):
        return None
    if not present:
        raise InputError(EMPTY_FILE.format(path=path, name=table.name))
    check_columns(f"File '{path}'", table, present, hint)
    words: list[str] = []
    if hint:
        remark_on_ragged_lines(cursor, path, text, present, reading)
        numbers = [name for name in table.columns if name in present and is_number_or_time(name)]
        words = words_in(cursor, reader, numbers)
    return select(table, reader, present, words, nested)


def read_database(cursor: DuckDBPyConnection, tables: dict[str, Table]) -> Reading:
    attached = cursor.execute(
        f"select count(*) from duckdb_databases() where database_name = '{DATABASE}'"
    ).fetchall()
    if attached == [(0,)]:
        raise InputError(NO_DATABASE)
    seen = {name for (name,) in cursor.execute(SEEN_TABLES).fetchall()}
    reading = Reading()
    for name, table in tables.items():
        if name in seen:
            relation = f"{DATABASE}.public.{name}"
            present = readable_columns(cursor, name, readers.described(cursor, relation))
            if not present and not table.is_required:
                # As if it weren't there. What was added later the page may not have named yet.
                if not is_all_optional(table):
                    reading.remarks.append(NOT_GRANTED.format(name=name))
                continue
            check_columns(
                f"Table '{name}' of the database", table, present,
                excuse=", or its user may not read them",
            )
            reading.there.add(name)
            reading.views[name] = select(table, relation, present)
        elif table.is_required:
            raise InputError(LACKS_TABLE.format(name=name))
    return reading


def is_all_optional(table: Table) -> bool:
    return set(table.columns) == set(table.optional)


def readable_columns(cursor: DuckDBPyConnection, name: str, columns: Iterable[str]) -> list[str]:
    """Those of a table of the attached database that its user may read."""
    readable = {column for (column,) in cursor.execute(READABLE.format(name=name)).fetchall()}
    return [column for column in columns if column in readable]


def check_columns(
    what: str, table: Table, present: list[str], hint: str = "", excuse: str = ""
) -> None:
    needed = [name for name in table.columns if name not in table.optional]
    if is_all_optional(table) and not {*table.columns} & {*present}:
        needed = list(table.columns)
    lacking = [name for name in needed if name not in present]
    if lacking:
        raise InputError(
            f"{what} lacks {', '.join(lacking)}{excuse}. Of the table {table.name} the adapter "
            f"{ADAPTER} needs: {', '.join(needed)}.{hint}"
        )


def is_number_or_time(name: str) -> bool:
    return is_id(name) or name.endswith(("_at", "_time")) or name in NUMBERS


def select(
    table: Table, relation: str, present: list[str], words: Iterable[str] = (),
    nested: Iterable[str] = (),
) -> str:
    """`words`: what the file writes for nothing, in whatever column; `nested`: columns that hold
    what is JSON elsewhere as values of their own."""
    listed = ",\n    ".join(
        f"{json_text(name) if name in nested else column_text(name, present, words)}"
        f" as {sql.name(name)}"
        for name in table.columns
    )
    return f"select\n    {listed}\nfrom {relation}"


def column_text(name: str, present: list[str], words: Iterable[str]) -> str:
    if name == NOTE and CONTENT in present:
        kind = whole(values.text("message_type"))
        return f"case when {kind} = '2' then {values.text(CONTENT)} end"
    if name not in present:
        return "cast(null as varchar)"
    text = values.text(sql.name(name))
    if is_id(name) or name in NUMBERS:
        text = whole(text)
    if is_number_or_time(name):
        text = without_words(text)
    elif words:
        text = f"case when {text} not in ({listed(words)}) then {text} end"
    return text


def json_text(name: str) -> str:
    return f"cast(to_json({sql.name(name)}) as varchar)"


def whole(text: str) -> str:
    """A number without the decimals that other programs give it."""
    return f"regexp_replace({text}, '[.]0*$', '')"
