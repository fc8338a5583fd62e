"""The same models on a Spark cluster of two workers: the same rows in every mart as on DuckDB.

The golden set and the odd data, as one, always, where there is Java. What takes longer only where
CONTACT_CENTER_SPARK_TESTS is "all": 20,000 generated sessions, builds on an earlier build, and a
worker that stops in the middle of a build.
"""

from __future__ import annotations

import csv
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
import yaml
from batches import deliver, split
from conftest import ODD, ROOT
from licences import assert_taken, told
from nasty import nasty_tables, write_tables
from sparks import (
    PYTHON,
    build_and_test_on_spark,
    build_command,
    build_on_spark,
    differences,
    lost_executors,
    read_input,
    rows,
    rows_on_spark,
    server,
    settings_of_statements,
    started_cluster,
    state,
    tasks_by_worker,
)
from test_golden import GOLDEN

pytestmark = pytest.mark.spark
IS_SHORT = os.environ.get("CONTACT_CENTER_SPARK_TESTS") != "all"
long = pytest.mark.skipif(IS_SHORT, reason="takes long: CONTACT_CENTER_SPARK_TESTS=all")
DAYS = {f"2026-03-{day:02}" for day in (7, 8, 9, 27, 28, 29, 30)} | {"2026-04-04", "2026-04-05"}
FUNCTIONS = ("session_analysis", "agent_analysis", "digital_metrics")
SHOWN = 20


@pytest.fixture(scope="module")
def cluster(tmp_path_factory) -> Iterator[Path]:
    with started_cluster(tmp_path_factory.mktemp("cluster"), is_small=IS_SHORT) as folder:
        yield folder


def golden_and_odd(folder: Path) -> Path:
    """The odd data's days around those on which New York, Berlin and Sydney change their clocks,
    and the golden set a year of weeks later: Berlin's clocks go forward in both on the same day.
    What both have is the skill sales, and what is measured from when. Each day is a file in each
    of Spark's tables, which takes longer than its rows do."""
    others = {
        row["session_id"] for row in rows_of(ODD / "raw_sessions.csv") if is_of_other_days(row)
    }
    for table in sorted(ODD.glob("*.csv")):
        place = folder / table.stem
        place.mkdir(parents=True)
        write(place / "odd.csv", [
            row for row in rows_of(table)
            if row.get("session_id") not in others and not is_of_other_days(row)
        ])
        if table.stem != "raw_measured_events":
            write(place / "golden.csv", [
                {
                    name: "golden-sales" if cell == "sales" else a_year_later(cell)
                    for name, cell in row.items()
                }
                for row in rows_of(GOLDEN / "data" / table.name)
            ])
    return folder


def rows_of(table: Path) -> list[dict[str, str]]:
    with table.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write(table: Path, found: list[dict[str, str]]) -> None:
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, found[0])
        writer.writeheader()
        writer.writerows(found)


def is_of_other_days(row: dict[str, str]) -> bool:
    """What has no legible time is of every day."""
    time = row.get("started_at") or row.get("occurred_at") or ""
    return bool(re.match(r"2026-0[34]-\d\dT", time)) and time[:10] not in DAYS


def a_year_later(cell: str) -> str:
    return re.sub(
        r"^\d{4}-\d\d-\d\d", lambda day: str(date.fromisoformat(day[0]) + timedelta(weeks=52)), cell
    )


def demo(_: Path) -> None:
    return None


def generated(folder: Path) -> Path:
    subprocess.run(
        ["bash", ROOT / "scripts" / "generate", "--sessions", "20000", "--days", "30", "--seed",
         "7", "--format", "parquet", "--output", folder],
        check=True, capture_output=True,
    )
    return folder


def queries(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Every relation of the marts, and the functions over all days but the first and the last."""
    relations = connection.execute(
        "select table_name from information_schema.tables where table_schema = 'marts'"
    ).fetchall()
    ((first, last),) = connection.execute(
        "select min(session_date) + 1, max(session_date) - 1 from marts.fct_sessions"
    ).fetchall()
    return {
        **{relation: f"select * from marts.{relation}" for (relation,) in relations},
        **{
            f"{function}_of_days": f"select * from marts.{function}('{first}', '{last}')"
            for function in FUNCTIONS
        },
    }


def assert_same_marts(warehouse: Path, cluster: Path, folder: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        asked = queries(connection)
        expected = {relation: rows(connection, sql) for relation, sql in asked.items()}
    found = rows_on_spark(cluster, asked, folder)
    assert len(expected) > 25
    lines = [
        line for relation in asked
        for line in differences(relation, found[relation], expected[relation])
    ]
    assert not lines, "\n".join([f"{len(lines)} differences:", *lines[:SHOWN]])


@pytest.mark.parametrize("make", [
    golden_and_odd, pytest.param(demo, marks=long), pytest.param(generated, marks=long),
])
def test_the_marts_are_those_of_duckdb(
    make: Callable[[Path], Path | None], cluster: Path, tmp_path: Path, build_warehouse
) -> None:
    data = make(tmp_path / "data")
    warehouse = build_warehouse(tmp_path, data_dir=data)
    build_on_spark(cluster, data, tmp_path / "spark", with_tests=True)
    assert_same_marts(warehouse, cluster, tmp_path / "exported")


def test_both_workers_ran_tasks(cluster: Path) -> None:
    tasks = tasks_by_worker(cluster)
    assert set(tasks) == {"worker-1", "worker-2"}
    assert min(tasks.values()) > 100


def test_the_settings_of_the_profile_are_those_of_every_statement(cluster: Path) -> None:
    profiles = yaml.safe_load((ROOT / "profiles" / "profiles.yml").read_text())
    said = profiles["contact_center"]["outputs"]["spark"]["server_side_parameters"]
    expected = {
        name.removeprefix("set:hiveconf:"): value
        for name, value in said.items()
        if "{{" not in value
    }
    assert len(expected) > 5
    statements = settings_of_statements(cluster)
    assert len(statements) > 100
    assert all(expected.items() <= settings.items() for settings in statements)


@long
def test_the_command_builds_and_tests(cluster: Path) -> None:
    said = build_and_test_on_spark(cluster, GOLDEN / "data")
    assert "Every row that was read is used." in said
    assert f"Warehouse: {cluster}" in said


@long
@pytest.mark.parametrize("way, seed", [("new files", 101), ("grown files", 102)])
def test_batches_give_the_rows_of_one_build(
    way: str, seed: int, cluster: Path, tmp_path: Path, build_warehouse
) -> None:
    """Random, nasty rows, some of which come late: two builds on Spark are one on DuckDB."""
    tables = nasty_tables(seed)
    batches = split(tables, 2, seed)
    for number in range(2):
        data = deliver(way, tmp_path / "batches", number, batches)
        build_on_spark(cluster, data, tmp_path / "spark", full_refresh=number == 0)
    write_tables(tables, tmp_path / "whole")
    warehouse = build_warehouse(tmp_path, data_dir=tmp_path / "whole")
    assert_same_marts(warehouse, cluster, tmp_path / "exported")


@long
def test_a_build_survives_a_worker(tmp_path: Path, build_warehouse) -> None:
    """One of two workers ends in the middle of a build, with what it had computed."""
    scratch = tmp_path / "spark"
    warehouse = build_warehouse(tmp_path, data_dir=GOLDEN / "data")
    with started_cluster(tmp_path / "cluster", is_small=False) as cluster:
        read_input(cluster, GOLDEN / "data", scratch)
        with subprocess.Popen(
            [str(word) for word in build_command(GOLDEN / "data", scratch)],
            cwd=ROOT, env={**os.environ, **server(cluster)}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        ) as build:
            while build.poll() is None and not is_built(cluster, "intermediate", "sessions"):
                time.sleep(0.2)
            assert build.poll() is None, "the build ended before the worker did"
            os.kill(state(cluster)["processes"]["worker-1"], signal.SIGTERM)
            said, _ = build.communicate()
        assert build.returncode == 0, said[-3000:]
        assert lost_executors(cluster) >= 1
        assert_same_marts(warehouse, cluster, tmp_path / "exported")


def is_built(cluster: Path, schema: str, table: str) -> bool:
    return (cluster / "tables" / f"{schema}.db" / table).exists()


def test_spark_brings_licences_that_are_taken(cluster: Path) -> None:
    assert_taken(told(PYTHON, ROOT / "requirements-spark.lock"))
