"""Every mart and fact, cell by cell, against the second computation on nasty data."""

from __future__ import annotations

import math
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from nasty import Tables, nasty_tables, write_tables
from reference import Record, compute

Rows = list[dict[str, Any]]

SHOWN_DIFFERENCES = 20
TOLERANCE = 1e-9

CONTACT_DIMENSIONS = (
    "company_id", "agent_id", "team_id", "skill_id", "campaign_id", "channel_id", "disposition",
    "direction", "contact_type",
)
KEYS: dict[str, tuple[str, ...]] = {
    "session_analysis_daily": ("company_id", "date_day"),
    "session_analysis_aggregated": ("company_id",),
    "satisfaction_daily": ("company_id", "date_day", "score"),
    "agent_analysis_daily": ("company_id", "agent_id", "date_day"),
    "agent_analysis_aggregated": ("company_id", "agent_id"),
    "digital_metrics_daily": ("date_day", *CONTACT_DIMENSIONS),
    "digital_metrics_aggregated": CONTACT_DIMENSIONS,
    "digital_metrics_by_tag_daily": ("date_day", "tag_name", *CONTACT_DIMENSIONS),
    "tag_metrics_daily": ("company_id", "date_day", "tag_name"),
    "fct_sessions": ("session_id",),
    "fct_agent_contacts": ("session_id", "contact_number"),
    "fct_agent_sessions": ("session_id", "agent_id"),
    "fct_turns": ("session_id", "turn_number"),
    "fct_agent_states": ("agent_id", "state", "started_at"),
    "fct_focus": ("session_id", "agent_id", "started_at"),
    "feed_quality": ("table_name",),
}
RANGE_FUNCTIONS = {
    "session_analysis": "session_analysis_aggregated",
    "agent_analysis": "agent_analysis_aggregated",
    "digital_metrics": "digital_metrics_aggregated",
}
# The reference's name of a column and the models' own.
RENAMED: dict[str, dict[str, str]] = {
    "fct_sessions": {"date_day": "session_date"},
    "fct_agent_contacts": {"date_day": "accepted_date"},
    "fct_agent_sessions": {
        "date_day": "first_accepted_date", "is_transferred_out": "is_transferred",
    },
    "fct_agent_states": {"seconds": "state_seconds", "is_inferred_end": "is_end_inferred"},
}
# Columns that the models are still to get.
FIRST_THE_REFERENCE: dict[str, set[str]] = {
    "fct_sessions": {
        "first_skill_id", "was_queued", "is_abandoned", "reopened_count", "closed_by",
    },
    "fct_agent_contacts": {
        "hold_seconds", "engaged_seconds", "wrap_up_started_at", "wrap_up_ended_at",
        "wrap_up_seconds", "is_wrap_up_end_inferred", "handle_seconds", "attributed_seconds",
    },
    "session_analysis": {
        "queued_session_count", "answered_queued_session_count", "abandoned_session_count",
        "flowed_out_session_count", "waiting_session_count", "answered_within_session_count",
        "session_service_level_rate", "session_abandoned_rate", "handled_session_count",
        "handle_seconds", "avg_session_handle_seconds",
    },
}
# What the reference tells besides; a fact leaves it to whoever counts or adds.
ONLY_IN_REFERENCE: dict[str, set[str]] = {
    "agent_analysis_daily": {"presence_seconds"},
    "agent_analysis_aggregated": {"presence_seconds"},
    "fct_sessions": {"close_count"} | FIRST_THE_REFERENCE["fct_sessions"],
    "fct_agent_contacts": {"follow_on_response_count"} | FIRST_THE_REFERENCE["fct_agent_contacts"],
    "fct_agent_states": {"reason"},
    **dict.fromkeys(
        ("session_analysis_daily", "session_analysis_aggregated", "session_analysis"),
        FIRST_THE_REFERENCE["session_analysis"],
    ),
    "fct_turns": {"contact_number", "is_agent_response", "is_customer_response"},
    "fct_focus": {"contact_number"},
}

OPTIONAL_EVENT_TABLES = (
    "raw_messages", "raw_agent_events", "raw_focus_events", "raw_evaluations", "raw_tag_events",
)
REFERENCE_TABLES = (
    "raw_companies", "raw_agents", "raw_teams", "raw_agent_teams", "raw_skills", "raw_campaigns",
    "raw_channels", "raw_skill_targets",
)


def adapted(relation: str, records: list[Record]) -> Rows:
    """Records of the reference in the columns of the models."""
    names = RENAMED.get(relation, {})
    dropped = ONLY_IN_REFERENCE.get(relation, set())
    rows = [
        {
            names.get(column, column): comparable(value)
            for column, value in record.items()
            if column not in dropped
        }
        for record in records
    ]
    for number, (row, record) in enumerate(zip(rows, records, strict=True)):
        if relation in ("fct_turns", "fct_focus"):
            contact = record["contact_number"]
            row["agent_contact_id"] = contact and f"{record['session_id']}#{contact}"
        if relation == "fct_turns":
            before = records[number - 1] if record["turn_number"] > 1 else record
            row["is_response"] = before["side"] != record["side"]
    return rows


def comparable(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).replace(tzinfo=None)
    return value


def is_same(one: Any, other: Any) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        if isinstance(one, bool) != isinstance(other, bool):
            return False
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return one == other


def read_rows(connection: duckdb.DuckDBPyConnection, relation: str) -> Rows:
    cursor = connection.execute(f"from marts.{relation}")
    columns = [column[0] for column in cursor.description]
    return [
        {column: comparable(value) for column, value in zip(columns, row, strict=True)}
        for row in cursor.fetchall()
    ]


def by_key(rows: Rows, key_columns: tuple[str, ...]) -> dict[tuple, dict[str, Any]]:
    return {tuple(row[column] for column in key_columns): row for row in rows}


def differences(relation: str, key_columns: tuple[str, ...], mine: Rows, theirs: Rows) -> Iterator:
    """A line for each row or cell in which models and reference don't agree."""
    my_rows, their_rows = by_key(mine, key_columns), by_key(theirs, key_columns)
    if len(my_rows) < len(mine):
        yield f"{relation}: {len(mine) - len(my_rows)} rows repeat a key of {key_columns}"
    if len(their_rows) < len(theirs):
        yield f"{relation}: the reference repeats a key of {key_columns}"
    for key in sorted(my_rows.keys() | their_rows.keys(), key=str):
        where = f"{relation} {', '.join(map(str, key))}"
        if key not in their_rows:
            yield f"{where}: only in the models"
        elif key not in my_rows:
            yield f"{where}: only in the reference"
        else:
            for column, expected in their_rows[key].items():
                if column not in my_rows[key]:
                    yield f"{where}: the models lack the column {column}"
                elif not is_same(my_rows[key][column], expected):
                    found = my_rows[key][column]
                    yield f"{where}: {column} is {found!r}, the reference says {expected!r}"


def quarantine_differences(mine: Rows, theirs: list[Record]) -> Iterator[str]:
    def fates(rows: list[dict]) -> Counter:
        return Counter((row["table_name"], row["row_key"], row["reason"]) for row in rows)

    my_fates, their_fates = fates(mine), fates(theirs)
    for fate in sorted(my_fates.keys() | their_fates.keys(), key=str):
        if my_fates[fate] != their_fates[fate]:
            yield (
                f"quarantined_rows {', '.join(map(str, fate))}: {my_fates[fate]} times, "
                f"the reference says {their_fates[fate]}"
            )


def all_differences(warehouse: Path, reference: dict[str, list[Record]]) -> Iterator[str]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for relation, key_columns in KEYS.items():
            theirs = adapted(relation, reference[relation])
            yield from differences(relation, key_columns, read_rows(connection, relation), theirs)
        for function, relation in RANGE_FUNCTIONS.items():
            call = f"{function}('2020-01-01', '2035-12-31')"
            theirs = adapted(relation, reference[relation])
            yield from differences(function, KEYS[relation], read_rows(connection, call), theirs)
        quarantined = read_rows(connection, "quarantined_rows")
        yield from quarantine_differences(quarantined, reference["quarantined_rows"])


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
) -> None:
    data_dir = folder / "data"
    shutil.rmtree(data_dir, ignore_errors=True)
    write_tables(tables, data_dir, format)
    warehouse = build_warehouse(folder, data_dir=data_dir, variables=variables)
    found = list(all_differences(warehouse, compute(tables, **(variables or {}))))
    if found:
        shown = found[:SHOWN_DIFFERENCES]
        more = [f"... and {len(found) - len(shown)} more"] if len(found) > len(shown) else []
        pytest.fail("\n".join([f"{len(found)} differences:", *shown, *more]), pytrace=False)


def test_compares_every_relation_that_the_models_have() -> None:
    empty = compute({"raw_sessions": [], "raw_session_events": []})
    assert set(empty) >= {*KEYS, "quarantined_rows"}


@pytest.mark.parametrize(("seed", "format"), [(1, "csv"), (2, "csv"), (3, "jsonl"), (4, "csv")])
def test_everything(folder: Path, build_warehouse: Callable, seed: int, format: str) -> None:
    tables = nasty_tables(seed, sessions=300, days=9, agents=12)
    check(folder, build_warehouse, tables, format=format)


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
    }
    check(folder, build_warehouse, tables, variables)


def middle_of(tables: Tables) -> str:
    """An instant that cuts sessions, contacts and presences in two."""
    days = sorted(
        row["started_at"][:10]
        for row in tables["raw_sessions"]
        if (row["started_at"] or "").startswith("2026-") and row["started_at"][10:]
    )
    return f"{days[len(days) // 2]}T12:00:10Z"
