"""Looks at a folder of contract tables before its first build: what is there, what nearly fits, and
the first rows of each kind that the contract refuses for what they are by themselves."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import duckdb

from .building.variables import known, text_encoding
from .intake import DATABASE, SCHEMA, Places, contract, reading
from .intake.macros import Project
from .terminal import heading, read_as_far_as_wanted, share, shortened

EXAMPLES = 3
FILES = f"""
    select table_name, count(*), sum(row_count)
    from {DATABASE}.{SCHEMA}.files_of_this_build
    group by table_name
"""
UNKNOWN = """
    select count(*), arg_min([source_file, {key}, session_id], (source_file, {key}), {examples})
    from {table}
    where session_id is not null and session_id not in (
        select session_id from {sessions} where session_id is not null
    )
"""
REFUSED = """
    create or replace temp table refused as
    select own_reason, row_text, source_file from ({rows}) where own_reason is not null
"""
REASONS = """
    select
        own_reason,
        count(*),
        arg_min([source_file, row_text], (source_file, row_text), {examples})
    from refused
    group by own_reason
    order by count(*) desc, own_reason
"""
# As the model refused_rows: of a table too much, or all of a file; of few rows neither.
PARTS = f"""
    select coalesce(refused_count, 0), row_count
    from {DATABASE}.{SCHEMA}.files_of_this_build as read_files
    left join (
        select source_file, count(*) as refused_count from refused group by source_file
    ) on source_file = read_files.path
    where table_name = $table
"""
# Each value of a column that breaks a rule, with how often it comes. `blamed`: the column and its
# value, which is NULL where it is missing; or NULL.
VALUES = """
    with every as (
        select unnest([{blamed}]) as blamed
        from (
            select *, {typed}
            from (select {texts} from refused where own_reason = '{reason}')
        ) as parsed
    ),

    counted as (
        select blamed, count(*) as row_count from every where blamed is not null group by blamed
    )

    select blamed[1], arg_max(blamed[2], (row_count, blamed[2])), sum(row_count)
    from counted
    group by blamed[1]
    order by sum(row_count) desc, blamed[1]
"""


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 a build takes it, 1 a build stops, 2 the command was not understood."""
    options = parse(arguments)
    stopping = []
    with duckdb.connect() as connection, tempfile.TemporaryDirectory() as scratch:
        connection.execute("set TimeZone = 'UTC'")
        places = Places(str(options.folder.resolve()), text_encoding=options.text_encoding)
        found = reading.read(connection, places, None, Path(scratch) / "input", is_build=True)
        if found.problem:
            print(f"check-data: {found.problem}", file=sys.stderr)
            return 1
        reading.show(connection, places, found)
        with read_as_far_as_wanted():
            counts = {table: counted for table, *counted in connection.execute(FILES).fetchall()}
            for line in what_is_there(connection, counts, found.remarks):
                print(line)
            refused, stopping = what_is_refused(connection, counts)
            print(*refused, sep="\n")
    return 1 if stopping else 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./scripts/check-data",
        description="Says of a folder of contract tables what is in it, what nearly fits, and "
        "which rows would be refused for what they are. Builds nothing.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="folder of contract tables")
    parser.add_argument(
        "--text-encoding", default=text_encoding({}), metavar="NAME",
        help="as a build's variable text_encoding: of files that aren't UTF-8, such as gb18030 "
        "(default: that of dbt_project.yml)",
    )
    options = parser.parse_args(arguments)
    if not os.path.isdir(options.folder):
        parser.error(f"'{options.folder}' isn't a folder that is there, or that you may enter")
    return options


def what_is_there(
    connection: duckdb.DuckDBPyConnection, counts: dict[str, list[int]], remarks: list[str]
) -> Iterator[str]:
    """`counts`: of each table that is there its files and rows."""
    yield from heading("Tables")
    width = max(map(len, contract.tables()))
    yield f"{'table':{width}} {'files':>8} {'rows':>14}"
    for table in (table for table in contract.tables() if table in counts):
        files, rows = counts[table]
        yield f"{table:{width}} {files:>8,} {rows:>14,}"
    absent = [table for table in contract.tables() if table not in counts]
    if absent:
        yield f"Not there, so not measured: {', '.join(absent)}"

    yield from heading("Columns")
    for table in (table for table in contract.tables() if table in counts):
        yield from columns(connection, table)

    if remarks:
        yield from heading("To be looked at")
        yield from remarks


def what_is_refused(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[str]
) -> tuple[list[str], list[str]]:
    """What is to be said, and the tables at which a build stops."""
    allowed = known()["max_refused_share"]
    refused, stopping = [], []
    for table in tables:
        refused += refusals(connection, table)
        if is_too_much(connection, table, allowed):
            stopping.append(table)
    said = [*heading("Rows that would be refused"), *(refused or ["None."])]
    if stopping:
        said.append(
            f"A build stops at {', '.join(stopping)}: it publishes nothing where more than "
            f"{allowed} (max_refused_share) of a table's rows are refused for themselves, or all "
            "of a file's. "
            "Where they are to be left out: ./scripts/build --accept-quarantine."
        )
    return said, stopping


def is_too_much(connection: duckdb.DuckDBPyConnection, table: str, allowed: float) -> bool:
    """After refusals() of the same table."""
    files = connection.execute(PARTS, {"table": table}).fetchall()
    refused, rows = (sum(counts) for counts in zip(*files, strict=True))
    return any(
        rows >= 50 and (refused == rows or is_table and refused > allowed * rows)
        for refused, rows, is_table in [*((*file, False) for file in files), (refused, rows, True)]
    )


def columns(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[str]:
    """How far each column is filled."""
    names = list(contract.columns(table))
    counted = ", ".join(f"count({name})" for name in names)
    [(total, *filled)] = connection.execute(
        f"select count(*), {counted} from {DATABASE}.{SCHEMA}.{table}"
    ).fetchall()
    empty = [name for name, count in zip(names, filled, strict=True) if count == 0]
    part = [
        f"{name} {share(count, total)}"
        for name, count in zip(names, filled, strict=True) if 0 < count < total
    ]
    yield table
    if part:
        yield f"  in part: {', '.join(part)}"
    if empty:
        yield f"  never:   {', '.join(empty)}"
    if total == 0:
        yield "  no rows: nothing happened"


@cache
def project() -> Project:
    """Its macros are read and compiled once, not for each table."""
    return Project()


def refusals(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[str]:
    """By the project's own rules: the first step of what a build checks."""
    relation = f"{DATABASE}.{SCHEMA}.{table}"
    rows = project().call("own_rules", table, relation, typed_columns(connection, relation))
    connection.execute(REFUSED.format(rows=rows))
    for reason, count, examples in connection.execute(
        REASONS.format(examples=EXAMPLES)
    ).fetchall():
        yield f"{table} {reason}: {count:,}"
        if reason in ("bad_timestamp", "bad_value"):
            yield from values_to_blame(connection, table, reason)
        for file, text in examples:
            yield f"  {Path(file).name}: {shortened(text)}"
    yield from unknown_sessions(connection, table)


def values_to_blame(
    connection: duckdb.DuckDBPyConnection, table: str, reason: str
) -> Iterator[str]:
    """A row is long, and doesn't say which of its values is meant."""
    blamed = [
        f"case when {rule['condition']} then ['{rule['column']}', parsed.{rule['column']}] end"
        for rule in project().call("own_reasons", table) if rule["reason"] == reason
    ]
    typed = [
        f"{project().call('typed_value', name, kind, False)} as typed_{name}"
        for name, kind in contract.columns(table).items()
    ]
    texts = [
        f"json_extract_string(row_text, '{name}') as {name}" for name in contract.columns(table)
    ]
    for name, value, count in connection.execute(VALUES.format(
        reason=reason, blamed=", ".join(blamed), typed=", ".join(typed), texts=", ".join(texts)
    )).fetchall():
        said = "is missing" if value is None else quoted(value)
        yield f"  {name} {said}" + (f" and {count - 1:,} more" if count > 1 else "")


def quoted(value: str, length: int = 60) -> str:
    """In one line, cut where it is long; what nobody sees, such as a hard space, by its number."""
    return repr(value) if len(value) <= length else repr(value[:length]) + " ..."


def unknown_sessions(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[str]:
    """Rows of a session of which raw_sessions has no row."""
    described = contract.tables()[table]
    if not described.get("session_rows"):
        return
    [(count, examples)] = connection.execute(UNKNOWN.format(
        key=described["key"][0], examples=EXAMPLES, table=f"{DATABASE}.{SCHEMA}.{table}",
        sessions=f"{DATABASE}.{SCHEMA}.raw_sessions",
    )).fetchall()
    if count:
        yield f"{table} unknown_session: {count:,}"
        for file, key, session in examples:
            yield f"  {Path(file).name}: {described['key'][0]} {key} of session {session}"


def typed_columns(connection: duckdb.DuckDBPyConnection, relation: str) -> list[str]:
    rows = connection.execute(f"describe {relation}").fetchall()
    return [name for name, kind, *_ in rows if kind != "VARCHAR"]


if __name__ == "__main__":
    sys.exit(main())
