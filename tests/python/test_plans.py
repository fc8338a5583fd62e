"""How DuckDB runs the models: nothing that grows with the square of the rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest


def steps(nodes: list[dict]) -> Iterator[dict]:
    for node in nodes:
        yield node
        yield from steps(node["children"])


def plan(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict]:
    ((_, text),) = connection.execute(f"explain (format json) {query}").fetchall()
    return list(steps(json.loads(text)))


def compares_every_pair(step: dict) -> bool:
    """An outer join without a key that can be hashed. An inner one may have a table of one row."""
    return "NL_JOIN" in step["name"] and step["extra_info"].get("Join Type") != "INNER"


def test_a_condition_on_one_side_of_an_outer_join_is_found() -> None:
    with duckdb.connect() as connection:
        connection.execute("create table one as select range as id, true as holds from range(9)")
        connection.execute("create table other as select range as id from range(9)")
        query = "select other.id as found from one left join other on one.id = other.id"
        assert not any(map(compares_every_pair, plan(connection, query)))
        assert any(map(compares_every_pair, plan(connection, f"{query} and one.holds")))


@pytest.fixture(scope="module")
def compiled(demo_warehouse: Path) -> list[Path]:
    folder = demo_warehouse.parent / f"{demo_warehouse.stem}-dbt" / "compiled"
    return sorted(folder.glob("*/models/**/*.sql"))


def test_no_model_compares_every_row_with_every_row(
    demo_warehouse: Path, compiled: list[Path]
) -> None:
    """DuckDB does so where an outer join's condition names columns of its left side alone."""
    found, explained = [], 0
    with duckdb.connect(str(demo_warehouse), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        for path in compiled:
            try:
                planned = plan(connection, path.read_text())
            except duckdb.BinderException:  # The range functions' dates are named when called.
                continue
            explained += 1
            found += [path.stem for step in planned if compares_every_pair(step)]
    assert found == []
    assert explained > 200
