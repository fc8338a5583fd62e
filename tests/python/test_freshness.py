"""`dbt source freshness`: of the files before a build, and of what was published."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from conftest import run_dbt

NOW = datetime.now(UTC)
HOURS = timedelta(hours=1)


def freshness(
    warehouse: Path, select: str, data_dir: Path | None = None
) -> tuple[int, dict[str, str], str]:
    """dbt's exit code, the status of each table, and what was said."""
    result = run_dbt(
        "source freshness", warehouse, "--select", select,
        variables={"data_dir": str(data_dir or "")},
    )
    written = warehouse.parent / f"{warehouse.stem}-dbt" / "sources.json"
    found = json.loads(written.read_text())["results"]
    statuses = {one["unique_id"].rpartition(".")[2]: one["status"] for one in found}
    return result.returncode, statuses, result.stdout


def write(folder: Path, table: str, column: str, instants: list[str]) -> None:
    with (folder / f"{table}.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["session_id", column])
        writer.writerows(enumerate(instants))


def test_how_old_the_files_are(tmp_path: Path) -> None:
    """Each latest instant by itself, in whatever way it is written. What can't be read, or lies far
    in the future, makes nothing young."""
    hours_ago = [(NOW - count * HOURS) for count in (30, 1)]
    write(tmp_path, "raw_sessions", "started_at", [
        hours_ago[0].isoformat(), (NOW - 90 * HOURS).isoformat(),
        (NOW + 1000 * HOURS).isoformat(), "soon",
    ])
    write(tmp_path, "raw_session_events", "occurred_at", [str(int(hours_ago[1].timestamp()))])
    code, statuses, said = freshness(tmp_path / "cc.duckdb", "source:raw", tmp_path)
    assert statuses == {"raw_sessions": "warn", "raw_session_events": "pass"}, said
    assert code == 0
    write(tmp_path, "raw_sessions", "started_at", [(NOW - 51 * HOURS).isoformat()])
    code, statuses, said = freshness(tmp_path / "cc.duckdb", "source:raw", tmp_path)
    assert statuses == {"raw_sessions": "error", "raw_session_events": "pass"}, said
    assert code == 1


def test_without_a_folder_it_says_which_to_give(tmp_path: Path) -> None:
    code, _, said = freshness(tmp_path / "cc.duckdb", "source:raw")
    assert code == 1
    assert "data_dir: path/to/folder" in said and "source:last_build" in said


@pytest.mark.parametrize(("hours", "status"), [(1, "pass"), (30, "warn"), (60, "error")])
def test_how_old_the_published_sessions_are(hours: int, status: str, tmp_path: Path) -> None:
    warehouse = tmp_path / "contact_center.duckdb"
    latest = (NOW - hours * HOURS).replace(tzinfo=None)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.fct_sessions as select timestamp '2026-01-01' as started_at"
            f" union all select timestamp '{latest}'"
        )
    code, statuses, said = freshness(warehouse, "source:last_build")
    assert statuses == {"fct_sessions": status}, said
    assert code == (1 if status == "error" else 0)
