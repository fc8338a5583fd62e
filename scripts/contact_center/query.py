"""Prints the result of one SQL statement on the published warehouse, opened read-only."""

from __future__ import annotations

import sys

import duckdb

from . import default_warehouse
from .lake import open_warehouse

MOST_ROWS = 1000


def main(arguments: list[str]) -> int:
    warehouse = default_warehouse()
    statement = " ".join(arguments) or sys.stdin.read()
    if not warehouse.exists():
        print(f"query: '{warehouse}' isn't there yet; ./scripts/build makes it", file=sys.stderr)
        return 1
    try:
        with open_warehouse(warehouse) as connection:
            connection.execute("set TimeZone = 'UTC'")
            result = connection.sql(statement)
            if result is not None:
                result.show(max_rows=MOST_ROWS, max_width=200)
    except duckdb.Error as error:
        print(f"query: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
