"""The range functions of a warehouse that is attached beside another database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

RANGE = "'2000-01-01', '2099-12-31'"
NAME = "the warehouse"
QUOTED = f'"{NAME}"'
FUNCTIONS = """
    select function_name from duckdb_functions()
    where schema_name = 'marts' and function_type = 'table_macro' order by 1
"""


@pytest.fixture()
def beside(demo_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that opened no file; the warehouse has a name that must be quoted."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{demo_warehouse}' as {QUOTED} (read_only)")
        yield connection


def rows_of(connection: duckdb.DuckDBPyConnection, call: str) -> list[tuple]:
    return connection.execute(f"select * from {call} order by all").fetchall()


def test_every_function_reads_the_warehouse_that_it_is_given(
    beside: duckdb.DuckDBPyConnection, demo_warehouse: Path
) -> None:
    functions = [name for (name,) in beside.execute(FUNCTIONS).fetchall()]
    assert "agent_analysis" in functions and "arrivals_heatmap" in functions
    with duckdb.connect(str(demo_warehouse), read_only=True) as connection:
        due = {name: rows_of(connection, f"marts.{name}({RANGE})") for name in functions}
    assert all(due.values())
    for name in functions:
        call = f"{QUOTED}.marts.{name}({RANGE}, warehouse := '{NAME}')"
        assert rows_of(beside, call) == due[name], name


def test_of_two_warehouses_the_argument_says_which(
    beside: duckdb.DuckDBPyConnection, demo_warehouse: Path, tmp_path: Path
) -> None:
    call = f"marts.session_analysis({RANGE}"
    due = rows_of(beside, f"{QUOTED}.{call}, warehouse := '{NAME}')")
    empty = tmp_path / "empty.duckdb"
    shutil.copyfile(demo_warehouse, empty)
    with duckdb.connect(str(empty)) as connection:
        connection.execute("delete from marts.session_analysis_daily")
    beside.execute(f"attach '{empty}' as hollow (read_only)")
    beside.execute("use hollow")
    assert rows_of(beside, f"{call}, warehouse := '{NAME}')") == due
    assert rows_of(beside, f"{call})") != due


@pytest.mark.parametrize("setting", [
    f"use {QUOTED}",
    f"set search_path = 'memory.main,{QUOTED}.marts'",
])
def test_no_argument_is_needed_where_the_database_is_in_use(
    setting: str, beside: duckdb.DuckDBPyConnection
) -> None:
    beside.execute(setting)
    assert rows_of(beside, f"{QUOTED}.marts.session_analysis({RANGE})")


def test_where_nothing_is_in_use_the_error_says_what_to_do(
    beside: duckdb.DuckDBPyConnection
) -> None:
    with pytest.raises(duckdb.Error) as refused:
        rows_of(beside, f"{QUOTED}.marts.session_analysis({RANGE})")
    assert "session_analysis(from_date, to_date, warehouse := '...'), or say: use" in str(
        refused.value
    )
