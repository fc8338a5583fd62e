"""Sends the queries of two files to a warehouse, and each range function, again and again, and
times each."""

from __future__ import annotations

import re
import time
from pathlib import Path

import duckdb

QUERIES = ("dashboard.sql", "operations.sql")
ROUNDS = 30
WARM_UPS = 2
FUNCTION = "the function "


def dashboard_queries() -> dict[str, str]:
    """{name: statement}, in the order of the files."""
    texts = [Path(__file__).with_name(name).read_text(encoding="utf-8") for name in QUERIES]
    parts = re.split(r"^-- name: (.+)$", "\n".join(texts), flags=re.MULTILINE)
    return dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))


def function_queries(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Each range function over 30 days, with all its columns but one row for an answer."""
    functions = connection.execute(
        "select function_name from duckdb_functions() "
        "where schema_name = 'marts' and function_type = 'table_macro' order by all"
    ).fetchall()
    return {
        f"{FUNCTION}{name}, 30 days": "select count(*), bit_xor(hash(figures)) "
        f"from marts.{name}($last_day - 29, $last_day) as figures"
        for (name,) in functions
    }


def is_function(name: str) -> bool:
    return name.startswith(FUNCTION)


def time_dashboard(warehouse: Path, rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Seconds of each query in each round, its rows fetched.

    All are sent in turn, as a page sends them, on one open connection; the first rounds only
    warm it up.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        queries = dashboard_queries() | function_queries(connection)
        seconds: dict[str, list[float]] = {name: [] for name in queries}
        (last_day,) = connection.execute(
            "select max(date_day) from marts.session_analysis_daily"
        ).fetchone()
        for number in range(WARM_UPS + rounds):
            for name, statement in queries.items():
                statement = statement.replace("$last_day", f"date '{last_day}'")
                start = time.perf_counter()
                connection.execute(statement).fetchall()
                if number >= WARM_UPS:
                    seconds[name].append(time.perf_counter() - start)
    return seconds
