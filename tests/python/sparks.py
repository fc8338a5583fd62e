"""A Spark cluster for tests, builds on it, and its marts beside those of DuckDB, cell by cell."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from math import isclose
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import ROOT

from contact_center import spark_cluster, spark_input

PYTHON = ROOT / ".venv-spark" / "bin" / "python"
COMMAND = ROOT / "scripts" / "spark-cluster"
EXPORT = "import sys; from pathlib import Path; from contact_center import spark; " \
    "spark.export(Path(sys.argv[1]), dict(pair.split('=', 1) for pair in sys.argv[2:]))"
# A cluster that lives for minutes on two cores, with some rows in each table: compiling what runs
# long, planning well, and a metastore in a database of its own would take most of its seconds.
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SETTINGS = {"spark.sql.catalogImplementation": "in-memory"}
# dbt as ./scripts/build calls it, for a part of what that does.
DBT = "from contact_center import spark; from dbt.cli.main import cli; " \
    "spark.forgive_failed_closing(); cli()"
WITH_DATA_TESTS = ["--exclude-resource-type", "unit_test", "--exclude", "tag:duckdb_sql"]
SQL_EVENTS = "org.apache.spark.sql.execution.ui"
RELATIVE = 1e-9

Row = dict[str, Any]


@contextmanager
def started_cluster(folder: Path, is_small: bool = True) -> Iterator[Path]:
    """The folder of a cluster of two workers; skips where there is no Java for it. `is_small`: not
    as a user has it, but as is quick with a few rows."""
    try:
        spark_cluster.find_java()
    except spark_cluster.ClusterError as error:
        pytest.skip(f"Spark is not tested: {error}")
    if is_small:
        (folder / "conf").mkdir()
        (folder / "conf" / "spark-defaults.conf").write_text(
            "".join(f"{name} {value}\n" for name, value in SETTINGS.items())
        )
    run([COMMAND, "start", "--folder", folder], **({"JAVA_TOOL_OPTIONS": JAVA} if is_small else {}))
    try:
        yield folder
    finally:
        run([COMMAND, "stop", "--folder", folder])


def run(command: list, **environment: str) -> str:
    result = subprocess.run(
        [str(word) for word in command], cwd=ROOT, env={**os.environ, **environment},
        capture_output=True, text=True, check=False,
    )
    if result.returncode != 0:
        pytest.fail(f"{command[0]}: {result.stdout[-5000:]}{result.stderr[-3000:]}")
    return result.stdout


def server(cluster: Path) -> dict[str, str]:
    return {
        "CONTACT_CENTER_SPARK_HOST": spark_cluster.HOST,
        "CONTACT_CENTER_SPARK_PORT": str(state(cluster)["thrift_port"]),
        "CONTACT_CENTER_SPARK_SMALL": "true",
        "PYTHONPATH": str(ROOT / "scripts"),
    }


def state(cluster: Path) -> dict[str, Any]:
    return json.loads((cluster / "cluster.json").read_text())


def build_on_spark(
    cluster: Path, data: Path | None, scratch: Path, full_refresh: bool = True,
    with_tests: bool = False,
) -> None:
    """Every model; with the data tests where they, too, are to be seen to run on Spark."""
    read_input(cluster, data, scratch, full_refresh=full_refresh)
    command = "build" if with_tests else "run"
    run(build_command(data, scratch, command, full_refresh), **server(cluster))


def read_input(
    cluster: Path, data: Path | None, scratch: Path, full_refresh: bool = True
) -> None:
    """What has to be done before plain dbt."""
    run(
        [PYTHON, "-m", "contact_center.intake", "--vars", variables(data, scratch),
         *(["--full-refresh"] if full_refresh else [])],
        **server(cluster),
    )


def variables(data: Path | None, scratch: Path) -> str:
    return json.dumps({
        "data_dir": str(spark_input.as_parquet(data, scratch / "input")), "accept_quarantine": True,
    })


def build_and_test_on_spark(cluster: Path, data: Path | None) -> str:
    """As a user does it, with the data tests."""
    return run(
        [ROOT / "scripts" / "build", "--target", "spark", "--warehouse", cluster, "--full-refresh",
         *(["--data", data] if data else [])],
        **server(cluster),
    )


def build_command(
    data: Path | None, scratch: Path, command: str = "run", full_refresh: bool = True
) -> list:
    return [
        PYTHON, "-c", DBT, "--no-use-colors", command, "--profiles-dir", "profiles",
        "--target", "spark", "--target-path", scratch / "target", "--log-path", scratch / "logs",
        "--vars", variables(data, scratch), *(["--full-refresh"] if full_refresh else []),
        *(WITH_DATA_TESTS if command == "build" else []),
    ]


def rows_on_spark(cluster: Path, queries: dict[str, str], folder: Path) -> dict[str, list[Row]]:
    run(
        [PYTHON, "-c", EXPORT, folder, *(f"{name}={sql}" for name, sql in queries.items())],
        **server(cluster),
    )
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        return {
            name: rows(connection, f"from read_parquet('{folder / name}/*.parquet')")
            for name in queries
        }


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[Row]:
    cursor = connection.execute(sql)
    columns = [description[0] for description in cursor.description]
    return [dict(zip(columns, map(plain, row), strict=True)) for row in cursor.fetchall()]


def plain(value: Any) -> Any:
    """Instants without a zone are UTC on either side."""
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).replace(tzinfo=None)
    return value


def differences(name: str, found: list[Row], expected: list[Row]) -> Iterator[str]:
    """One line for each row that only one side has and each cell that differs."""
    columns = sorted({column for row in found + expected for column in row})
    floats = {
        column for row in found + expected for column, value in row.items()
        if isinstance(value, float)
    }

    def order(row: Row) -> tuple:
        exact = tuple(str(row.get(column)) for column in columns if column not in floats)
        near = tuple(
            (row.get(column) is None, round(row.get(column) or 0, 3))
            for column in columns if column in floats
        )
        return exact, near

    if len(found) != len(expected):
        yield f"{name}: {len(found)} rows on Spark, {len(expected)} on DuckDB"
    for left, right in zip(sorted(found, key=order), sorted(expected, key=order), strict=False):
        for column in columns:
            if column not in left or column not in right:
                yield f"{name}.{column}: only on {'Spark' if column in left else 'DuckDB'}"
            elif not same(left[column], right[column]):
                yield (
                    f"{name}.{column}: {left[column]!r} on Spark, {right[column]!r} on DuckDB:"
                    f" {right}"
                )


def same(left: Any, right: Any) -> bool:
    if isinstance(left, float) and isinstance(right, float):
        return isclose(left, right, rel_tol=RELATIVE, abs_tol=RELATIVE)
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def tasks_by_worker(cluster: Path) -> Counter[str]:
    """How many tasks have ended well on each worker, by Spark's own log of events."""
    executors: dict[tuple[str, str], str] = {}
    for folder in (cluster / "work").glob("worker-*/app-*/*"):
        executors[folder.parent.name, folder.name] = folder.parents[1].name
    tasks: Counter[str] = Counter()
    for application, event in events(cluster, "SparkListenerTaskEnd"):
        if event["Task End Reason"]["Reason"] == "Success":
            tasks[executors[application, event["Task Info"]["Executor ID"]]] += 1
    return tasks


def settings_of_statements(cluster: Path) -> list[dict[str, str]]:
    """What was set otherwise than the server has it, for each statement of dbt."""
    return [
        event["modifiedConfigs"]
        for _, event in events(cluster, f"{SQL_EVENTS}.SparkListenerSQLExecutionStart")
        if '"app": "dbt"' in event["description"]
    ]


def lost_executors(cluster: Path) -> int:
    return len(list(events(cluster, "SparkListenerExecutorRemoved")))


def events(cluster: Path, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The events of one kind with the application that they are of."""
    for file in sorted((cluster / "events").glob("eventlog_v2_*/events_*")):
        application = file.parent.name.removeprefix("eventlog_v2_")
        for line in file.read_text(encoding="utf-8").splitlines():
            # The last line may not be whole yet.
            if f'"Event":"{kind}"' in line and line.endswith("}"):
                yield application, json.loads(line)
