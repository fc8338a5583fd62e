"""The project where the profile is somebody else's, as in a project that has it as a package:
without the plugin that reads files the demo and relations can be built, and a folder is refused."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import duckdb
import pytest
from conftest import DBT, ROOT
from test_golden import GOLDEN

PROFILE = """
contact_center:
  target: theirs
  outputs:
    theirs:
      type: duckdb
      path: "{{ env_var('CONTACT_CENTER_WAREHOUSE') }}"
      settings: {TimeZone: UTC}
"""
DEVELOPER = PROFILE.replace("settings:", "schema: dev_anna\n      settings:")


@pytest.fixture()
def warehouse(tmp_path: Path) -> Path:
    (tmp_path / "profiles.yml").write_text(PROFILE)
    return tmp_path / "theirs.duckdb"


def build(warehouse: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    folder = warehouse.parent
    return subprocess.run(
        [
            DBT, "--no-use-colors", "build", "--exclude-resource-type", "unit_test",
            "--exclude-resource-type", "test", "--select", "+fct_sessions", "+feed_quality",
            "--profiles-dir", folder, "--target-path", folder / "target", "--log-path", folder,
            "--vars", json.dumps(variables), *arguments,
        ],
        cwd=ROOT, env={**os.environ, "CONTACT_CENTER_WAREHOUSE": str(warehouse)},
        capture_output=True, text=True, check=False,
    )


def query(warehouse: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_folder_is_refused_in_one_line(warehouse: Path) -> None:
    result = build(warehouse, data_dir=str(GOLDEN / "data"))
    assert result.returncode != 0
    [line] = {line for line in result.stdout.splitlines() if "Files can't be read here" in line}
    assert "doesn't name the plugin contact_center.intake.plugin" in line


def test_the_demo_builds(warehouse: Path) -> None:
    result = build(warehouse)
    assert result.returncode == 0, result.stdout[-3000:]
    seed = ROOT / "seeds" / "raw_sessions.csv"
    expected = query(warehouse, f"select count(distinct session_id) from read_csv('{seed}')")
    assert query(warehouse, "select count(*) from marts.fct_sessions") == expected


def test_a_developer_writes_into_schemas_of_their_own(warehouse: Path) -> None:
    """In a database that is shared: a target with a schema, and no variable."""
    (warehouse.parent / "profiles.yml").write_text(DEVELOPER)
    result = build(warehouse)
    assert result.returncode == 0, result.stdout[-3000:]
    schemas = {name for (name,) in query(warehouse, """
        select distinct schema_name from duckdb_tables() union
        select distinct schema_name from duckdb_views() where not internal
    """)}
    assert "dev_anna_marts" in schemas
    assert [name for name in schemas if not name.startswith("dev_anna_")] == []


def test_relations_build(warehouse: Path) -> None:
    """Typed ones and one of text; an absent one is not measured."""
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema events")
        for file in sorted((GOLDEN / "data").glob("*.csv")):
            if file.stem != "raw_focus_events":
                as_text = ", all_varchar = true" if file.stem == "raw_messages" else ""
                connection.execute(
                    f"create table events.{file.stem} as from read_csv('{file}'{as_text})"
                )
        sessions = connection.execute("select count(*) from events.raw_sessions").fetchall()
    result = build(warehouse, raw_schema="events")
    assert result.returncode == 0, result.stdout[-3000:]
    assert query(warehouse, "select count(*) from marts.fct_sessions") == sessions
    assert query(
        warehouse, "select table_name from marts.feed_quality where not is_measured order by all"
    ) == [("raw_focus_events",)]
    assert query(warehouse, "select sum(quarantined_row_count) from marts.feed_quality") == [(0,)]
