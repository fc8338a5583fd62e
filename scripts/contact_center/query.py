"""Prints what SQL statements find in the published warehouse, opened read-only."""

from __future__ import annotations

import argparse
import csv
import os
import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

from . import default_warehouse, jsons
from .terminal import decoded, not_there, read_as_far_as_wanted

FORMATS = ("table", "csv", "json", "markdown")
# Of a table, which is for the eye. The other formats have every row.
MOST_ROWS = 1000
# No table is as wide.
WIDEST = 1_000_000


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./scripts/query",
        description="Runs SQL on the warehouse, read-only, and prints what every statement gives.",
        epilog='For example: ./scripts/query "select * from marts.feed_quality", or '
        "./scripts/query --format csv < file.sql",
    )
    parser.add_argument(
        "statements", nargs="*", metavar="SQL", help="default: what comes on the standard input"
    )
    parser.add_argument(
        "--format", choices=FORMATS, default=FORMATS[0],
        help=f"a table of at most {MOST_ROWS:,} rows (the default), of which a terminal shows the "
        "columns that it has room for, or every row as CSV, JSON (a list for each statement) or as "
        "Markdown",
    )
    parser.add_argument(
        "--warehouse", type=Path, metavar="FILE",
        help="default: $CONTACT_CENTER_WAREHOUSE, else warehouse/contact_center.duckdb",
    )
    options = parser.parse_args(arguments)
    if not "".join(options.statements).strip() and sys.stdin.isatty():
        parser.error('no SQL is given: ./scripts/query "select ...", or on the standard input')
    options.warehouse = options.warehouse or default_warehouse()
    return options


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 done, 1 a statement or the warehouse failed, 2 the command was wrong."""
    options = parse(arguments)
    try:
        sql = " ".join(options.statements) or decoded(sys.stdin.buffer.read())
    except UnicodeDecodeError:
        print("query: the SQL isn't UTF-8; save it so", file=sys.stderr)
        return 2
    if not os.path.exists(options.warehouse):
        print(f"query: {not_there(options.warehouse)}; ./scripts/build makes it", file=sys.stderr)
        return 1
    import duckdb

    from .lake import open_warehouse

    try:
        with open_warehouse(options.warehouse) as connection, read_as_far_as_wanted():
            connection.execute("set TimeZone = 'UTC'")
            for number, statement in enumerate(connection.extract_statements(sql)):
                show(connection, statement, options.format, is_first=number == 0)
    except duckdb.Error as error:
        print(f"query: {error}", file=sys.stderr)
        return 1
    return 0


def show(connection: Any, statement: Any, form: str, is_first: bool) -> None:
    if form == "table":
        result = connection.sql(statement.query)
        if result is not None:
            # What doesn't fit a terminal is wrapped within its cell, or left out, and the last line
            # says how many columns are shown. A file keeps them all.
            width = (
                {"max_width": get_terminal_size().columns} if sys.stdout.isatty()
                else {"max_width": WIDEST, "max_col_width": 200}
            )
            result.show(max_rows=MOST_ROWS, **width)
        return
    cursor = connection.execute(statement)
    if not any(kind.name == "QUERY_RESULT" for kind in statement.expected_result_type):
        return
    columns = [name for name, *_ in cursor.description]
    if form == "json":
        print(jsons.text_of(
            [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
        ))
        return
    if not is_first:
        print()
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([as_text(value) for value in row] for row in cursor.fetchall())
    else:
        print_markdown(columns, cursor.fetchall())


def print_markdown(columns: list[str], rows: list[tuple]) -> None:
    lines = [columns, ["---"] * len(columns), *([as_text(value) for value in row] for row in rows)]
    for line in lines:
        cells = (cell.replace("|", "\\|").replace("\n", "<br>") for cell in line)
        print(f"| {' | '.join(cells)} |")


def as_text(value: Any) -> str:
    """NULL is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (dict, list)):
        return jsons.text_of(value)
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
