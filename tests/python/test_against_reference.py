"""Every mart and fact, cell by cell, against the second computation on nasty data."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from comparison import (
    ALL_DAYS,
    COUNTED,
    FUNCTION_KEYS,
    KEYS,
    all_differences,
    counted_differences,
    differences,
    relation_differences,
)
from nasty import Tables, nasty_tables, write_tables
from reference import compute

SHOWN_DIFFERENCES = 20
OPTIONAL_EVENT_TABLES = (
    "raw_messages", "raw_agent_events", "raw_focus_events", "raw_evaluations", "raw_tag_events",
    "raw_survey_requests",
)
REFERENCE_TABLES = (
    "raw_companies", "raw_agents", "raw_teams", "raw_agent_teams", "raw_skills", "raw_campaigns",
    "raw_channels", "raw_skill_targets", "raw_calendars", "raw_calendar_hours",
    "raw_calendar_exceptions", "raw_calendar_assignments", "raw_sla_policies",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all tests of a process: dbt needn't read the project again for every build."""
    return tmp_path_factory.mktemp("against_reference")


def check(
    folder: Path,
    build_warehouse: Callable[..., Path],
    tables: Tables,
    variables: dict[str, Any] | None = None,
    format: str = "csv",
    days: tuple[date, date] = ALL_DAYS,
) -> None:
    data_dir = folder / "data"
    shutil.rmtree(data_dir, ignore_errors=True)
    write_tables(tables, data_dir, format)
    warehouse = build_warehouse(folder, data_dir=data_dir, variables=variables)
    reference = compute(tables, days=days, **(variables or {}))
    found = list(all_differences(warehouse, reference, days))
    if found:
        shown = found[:SHOWN_DIFFERENCES]
        more = [f"... and {len(found) - len(shown)} more"] if len(found) > len(shown) else []
        pytest.fail("\n".join([f"{len(found)} differences:", *shown, *more]), pytrace=False)


def test_compares_every_relation_that_the_reference_computes() -> None:
    empty = compute({"raw_sessions": [], "raw_session_events": []})
    assert set(empty) == {*KEYS, *COUNTED, *FUNCTION_KEYS}


def test_a_column_of_one_side_only_is_a_difference() -> None:
    mine, theirs = [{"agent_id": "mei", "new": 1}], [{"agent_id": "mei", "old": 1}]
    expected = ["the reference doesn't compute the column new", "the models lack the column old"]
    for found in (
        differences("agents", ("agent_id",), mine, theirs),
        counted_differences("agents", mine, theirs),
    ):
        assert [line.removeprefix("agents: ") for line in found][:2] == expected


def test_a_relation_that_is_compared_with_nothing_is_a_difference() -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema marts; create table marts.new_daily as select 1 as one")
        connection.execute("create macro marts.new(day) as table select day")
        assert list(relation_differences(connection)) == [
            "new: the reference doesn't compute it", "new_daily: the reference doesn't compute it",
        ]


@pytest.mark.parametrize(("seed", "format"), [(1, "csv"), (2, "csv"), (3, "jsonl"), (4, "csv")])
def test_everything(folder: Path, build_warehouse: Callable, seed: int, format: str) -> None:
    tables = nasty_tables(seed, sessions=300, days=9, agents=12)
    days = ALL_DAYS if seed % 2 else days_around_the_middle(tables)
    check(folder, build_warehouse, tables, format=format, days=days)


@pytest.mark.parametrize(
    "absent",
    [*((table,) for table in OPTIONAL_EVENT_TABLES), REFERENCE_TABLES],
    ids=[*OPTIONAL_EVENT_TABLES, "reference_tables"],
)
def test_what_was_not_measured(
    folder: Path, build_warehouse: Callable, absent: tuple[str, ...]
) -> None:
    seed = 20 + len(absent[0])
    check(folder, build_warehouse, nasty_tables(seed, sessions=60, agents=6, absent=absent))


def test_other_definitions(folder: Path, build_warehouse: Callable) -> None:
    tables = nasty_tables(5, sessions=200, days=6, agents=8)
    variables = {
        "as_of": middle_of(tables),
        "response_clock": "last",
        "max_login_hours": 12,
        "response_threshold_seconds": 20,
        "reporting_time_zone": "America/New_York",
        "service_level_seconds": 30,
        "short_abandon_seconds": 10,
        "max_wrap_up_minutes": 2,
        "calendar_horizon_days": 3,
        "repeat_window_days": 1,
        "repeat_scope": "customer_topic",
        "repeat_directions": ["inbound", "outbound"],
        "max_open_days": 1,
        "bot_repeat_hours": 6,
    }
    check(folder, build_warehouse, tables, variables)


def test_matters_by_skill_and_a_short_patience(folder: Path, build_warehouse: Callable) -> None:
    tables = nasty_tables(6, sessions=200, days=8, agents=8)
    variables = {
        "calendar_horizon_days": 1,
        "repeat_window_days": 2,
        "repeat_scope": "customer_skill",
        "repeat_directions": ["inbound", None],
        "max_open_days": 2,
        "bot_repeat_hours": 48,
    }
    check(folder, build_warehouse, tables, variables)


def middle_day_of(tables: Tables) -> date:
    days = sorted(
        row["started_at"][:10]
        for row in tables["raw_sessions"]
        if (row["started_at"] or "").startswith("2026-") and row["started_at"][10:]
    )
    return date.fromisoformat(days[len(days) // 2])


def middle_of(tables: Tables) -> str:
    """An instant that cuts sessions, contacts and presences in two."""
    return f"{middle_day_of(tables)}T12:00:10Z"


def days_around_the_middle(tables: Tables) -> tuple[date, date]:
    middle = middle_day_of(tables)
    return middle - timedelta(days=1), middle + timedelta(days=1)
