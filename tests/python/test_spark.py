"""The same models on a Spark cluster of two workers: the same rows in every mart as on DuckDB."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT
from sparks import build_on_spark, differences, rows, rows_on_spark, started_cluster, tasks_by_worker
from test_golden import GOLDEN

# Zones of which the days of 23 and 25 hours are in the demo and in the generated set.
GENERATED = ["--sessions", "20000", "--days", "30", "--seed", "7", "--format", "parquet"]
RANGE = {
    "golden": ("2025-03-29", "2025-03-31"),
    "demo": ("2026-03-02", "2026-03-15"),
    "generated": ("2026-03-05", "2026-03-20"),
}
FUNCTIONS = ("session_analysis", "agent_analysis", "digital_metrics")
SHOWN = 20


@pytest.fixture(scope="module")
def cluster(tmp_path_factory) -> Iterator[Path]:
    with started_cluster(tmp_path_factory.mktemp("cluster")) as folder:
        yield folder


def generated(folder: Path) -> Path:
    subprocess.run(
        ["bash", ROOT / "scripts" / "generate", *GENERATED, "--output", folder],
        check=True, capture_output=True,
    )
    return folder


def queries(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, str]:
    """Every relation of the marts, and the functions over a range of days."""
    relations = connection.execute(
        "select table_name from information_schema.tables where table_schema = 'marts'"
    ).fetchall()
    first, last = RANGE[name]
    return {
        **{relation: f"select * from marts.{relation}" for (relation,) in relations},
        **{
            f"{function}_of_days": f"select * from marts.{function}('{first}', '{last}')"
            for function in FUNCTIONS
        },
    }


@pytest.mark.parametrize("name", ["golden", "demo", "generated"])
def test_the_marts_are_those_of_duckdb(
    name: str, cluster: Path, tmp_path: Path, build_warehouse
) -> None:
    data = {
        "golden": lambda: GOLDEN / "data",
        "demo": lambda: None,
        "generated": lambda: generated(tmp_path / "data"),
    }[name]()
    warehouse = build_warehouse(tmp_path, data_dir=data)
    build_on_spark(cluster, data, tmp_path / "spark")
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        asked = queries(connection, name)
        expected = {relation: rows(connection, sql) for relation, sql in asked.items()}
    found = rows_on_spark(cluster, asked, tmp_path / "exported")
    assert len(expected) > 25
    assert all(expected[relation] for relation in asked if relation.endswith("_of_days"))
    lines = [
        line for relation in asked
        for line in differences(relation, found[relation], expected[relation])
    ]
    assert not lines, "\n".join([f"{len(lines)} differences:", *lines[:SHOWN]])


def test_both_workers_ran_tasks(cluster: Path) -> None:
    tasks = tasks_by_worker(cluster)
    assert set(tasks) == {"worker-1", "worker-2"}
    assert min(tasks.values()) > 100
