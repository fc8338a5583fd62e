"""Fixtures: warehouses built by dbt from the demo or from a folder of contract tables."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import duckdb
import pytest

# Fixtures of all tests of exports.
from exports import exported, own_warehouse, refused  # noqa: F401

# Fixtures of all tests of the report.
from reports import (  # noqa: F401
    browser,
    page_of_long_names,
    pages,
    query,
    tables,
    without_calendar,
)

ROOT = Path(__file__).resolve().parents[2]
# 40 days of what goes wrong: names that exports get wrong, bad rows of every kind in every table.
# Written by `./scripts/generate --sessions 600 --days 40 --seed 1 --format csv --from 2026-03-02`.
ODD = Path(__file__).with_name("samples") / "odd"
# Last of all, the longest first, so that no test process is left without work. For each the minutes
# that its longest test may take on a slow machine.
LONG = {
    "test_spark.py": 35, "test_incremental.py": 10, "test_build.py": 10, "test_known_at.py": 10,
    "test_ducklake.py": 15, "test_erase.py": 10, "test_superset.py": 12, "test_metricflow.py": 12,
    "test_benchmark.py": 15,
}
# When CI's time is over, in seconds since 1970 (.ci/run).
UNTIL = float(os.environ.get("CONTACT_CENTER_TESTS_UNTIL", "inf"))
DBT = Path(sys.executable).with_name("dbt")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The adapters' files, which build a warehouse each, come behind what is quicker."""
    order = {name: number for number, name in enumerate(LONG, start=2)}
    items.sort(key=lambda item: order.get(item.path.name, "adapter" in item.path.name))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A run that is stopped from outside says nothing of what it has seen: on a slow machine CI
    leaves out what it can't end in time, and says so."""
    if time.time() + 60 * LONG.get(item.path.name, 3) > UNTIL:
        pytest.skip("CI's time didn't suffice; ./scripts/test runs it")


@cache
def dbt_server() -> subprocess.Popen:
    """This test process's own; it ends with it."""
    return subprocess.Popen(
        [sys.executable, Path(__file__).with_name("dbt_server.py")],
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )


def run_dbt(
    command: str, warehouse: Path, *arguments: str, variables: dict | None = None
) -> subprocess.CompletedProcess:
    """One dbt command, of one word or more, on a warehouse of its own, with target and logs beside
    the file."""
    scratch = warehouse.parent / f"{warehouse.stem}-dbt"
    scratch.mkdir(parents=True, exist_ok=True)
    said = scratch / "said.txt"
    asked = {
        "arguments": [
            *command.split(), "--profiles-dir", "profiles",
            "--target-path", str(scratch), "--log-path", str(scratch), *arguments,
        ],
        "variables": variables or {},
        "environment": {
            **os.environ, "CONTACT_CENTER_WAREHOUSE": str(warehouse), "CONTACT_CENTER_ASIDE": "yes",
        },
        "said": str(said),
    }
    server = dbt_server()
    server.stdin.write(json.dumps(asked) + "\n")
    server.stdin.flush()
    code = int(server.stdout.readline())
    return subprocess.CompletedProcess(command, code, said.read_text(), "")


def copy_project(root: Path) -> Path:
    """A copy of the project to be changed, with the same environment."""
    left_out = shutil.ignore_patterns(
        ".venv*", ".git", "target", "logs", "exports", "*.duckdb*", "__pycache__", ".pytest_cache"
    )
    shutil.copytree(ROOT, root, ignore=left_out)
    (root / ".venv").symlink_to(ROOT / ".venv")
    return root


@pytest.fixture(scope="session")
def build_warehouse() -> Callable[..., Path]:
    """Builds the models (without tests) and gives the DuckDB file; fails with dbt's own words.

    `onto`: adds to the warehouse that the folder holds, where it holds one; of the contract's rows,
    as ./scripts/build does, without what holds no rows.
    """

    def build(
        folder: Path,
        *,
        data_dir: Path | None = None,
        adapters: dict[str, Path] | None = None,
        variables: dict | None = None,
        select: str | None = None,
        onto: bool = False,
    ) -> Path:
        warehouse = Path(folder) / "contact_center.duckdb"
        if not onto:
            warehouse.unlink(missing_ok=True)
        only_rows = warehouse.exists() and data_dir and not select and not variables
        given = {
            "data_dir": str(data_dir) if data_dir else "",
            "adapters": {name: str(place) for name, place in (adapters or {}).items()},
            # Random, nasty rows are refused more often than a build accepts by itself.
            "accept_quarantine": True,
        }
        result = run_dbt(
            "build", warehouse, "--no-write-json", "--log-level-file", "none",
            "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test",
            *(["--select", select] if select else []),
            *(["--selector", "rows"] if only_rows else []),
            variables={**given, **(variables or {})},
        )
        if result.returncode != 0:
            pytest.fail(result.stdout[-6000:] + result.stderr[-2000:])
        return warehouse

    return build


@pytest.fixture(scope="session")
def demo_warehouse(tmp_path_factory, build_warehouse, worker_id) -> Path:
    """The demo data set, built once for all test processes. Open it read-only."""
    return built_once(tmp_path_factory, worker_id, "demo", build_warehouse)


@pytest.fixture(scope="session")
def marts(demo_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The demo's marts, by their names alone."""
    with duckdb.connect(str(demo_warehouse), read_only=True) as connection:
        connection.execute("use marts")
        yield connection


@pytest.fixture(scope="session")
def odd_warehouse(tmp_path_factory, build_warehouse, worker_id) -> Path:
    """The data of the folder ODD, built once for all test processes. Open it read-only."""
    return built_once(tmp_path_factory, worker_id, "odd", build_warehouse, data_dir=ODD)


def built_once(
    tmp_path_factory, worker_id: str, name: str, build: Callable[..., Path], **given: Path
) -> Path:
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    folder = shared / name
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "done"
        if not done.exists():
            build(folder, **given)
            done.touch()
    return folder / "contact_center.duckdb"
