"""Equations that always hold in the reference computation, on nasty data."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from pathlib import Path

import pytest
from cases import utc
from nasty import nasty_tables, write_tables
from reference import compute, day_end, day_start, micros

RELATIONS_WITH_ROWS = ("fct_turns", "fct_focus", "fct_agent_states", "tag_metrics_daily")


def assert_feed_adds_up(result: dict[str, list[dict]]) -> None:
    for row in result["feed_quality"]:
        assert row["raw_row_count"] == (
            row["accepted_row_count"]
            + row["duplicate_row_count"]
            + row["quarantined_row_count"]
        )


def assert_agents_add_up(result: dict[str, list[dict]]) -> None:
    without_customer_message: dict[tuple, int] = defaultdict(int)
    for agent_session in result["fct_agent_sessions"]:
        if agent_session["is_digital"] and not agent_session["customer_message_count"]:
            without_customer_message[agent_session["agent_id"], agent_session["date_day"]] += 1
    for row in result["agent_analysis_daily"]:
        assert row["message_count"] == row["agent_message_count"] + row["customer_message_count"]
        if row["presence_seconds"]:
            rates = row["idle_rate"] + row["busy_rate"] + row["break_rate"]
            assert rates == pytest.approx(1)
        silent = without_customer_message[row["agent_id"], row["date_day"]]
        assert row["digital_session_count"] == (
            row["valid_session_count"] + row["unreplied_session_count"] + silent
        )
    evaluated = sum(row["evaluated_session_count"] for row in result["agent_analysis_daily"])
    assert evaluated <= sum(
        row["evaluated_session_count"] for row in result["session_analysis_daily"]
    )


def assert_digital_metrics_add_up(result: dict[str, list[dict]]) -> None:
    digital = [c for c in result["fct_agent_contacts"] if c["is_digital"]]
    rows = [row for row in result["digital_metrics_daily"] if row["response_count"] is not None]
    for row in rows:
        assert row["response_count"] == (
            row["agent_response_count"] + row["customer_response_count"]
        )
        assert row["responded_agent_contact_count"] <= row["agent_contact_count"]
    assert sum(row["follow_on_response_count"] for row in rows) == sum(
        c["agent_response_count"] - (c["agent_response_count"] >= 1) for c in digital
    )
    assert sum(row["digital_agent_contact_count"] for row in rows) == len(digital)
    closed = {
        session["session_id"]
        for session in result["fct_sessions"]
        if session["is_closed"] and session["is_accepted"] and session["is_digital"]
    }
    assert sum(row["closed_session_count"] for row in rows) == len(closed)


def assert_aggregates_agree(result: dict[str, list[dict]]) -> None:
    for family in ("session_analysis", "agent_analysis", "digital_metrics"):
        for column in result[f"{family}_daily"][0]:
            if column.endswith(("_count", "_seconds")) and not column.startswith("avg_"):
                if column in ("customer_count", "pooled_avg_response_seconds"):
                    continue
                sums = [
                    sum(row[column] or 0 for row in result[f"{family}_{grain}"])
                    for grain in ("daily", "aggregated")
                ]
                assert sums[0] == pytest.approx(sums[1]), column


def assert_rates_are_proportions(result: dict[str, list[dict]]) -> None:
    for rows in result.values():
        for row in rows:
            for column, value in row.items():
                if column.endswith("_rate") and value is not None:
                    assert 0 <= value <= 1, column


def assert_states_fit_their_days(
    tables: dict[str, list[dict]], result: dict[str, list[dict]]
) -> None:
    by_agent: dict[str, list[dict]] = defaultdict(list)
    by_day: dict[tuple, int] = defaultdict(int)
    for row in result["fct_agent_states"]:
        assert row["started_at"] < row["ended_at"]
        by_agent[row["agent_id"]].append(row)
        length = micros(row["started_at"], row["ended_at"])
        by_day[row["company_id"], row["agent_id"], row["date_day"]] += length
    for rows in by_agent.values():
        rows.sort(key=lambda row: row["started_at"])
        for earlier, later in itertools.pairwise(rows):
            assert earlier["ended_at"] <= later["started_at"]
    zones = {row["company_id"]: row["time_zone"] for row in tables["raw_companies"]}
    for (company_id, _, day), presence in by_day.items():
        zone = zones.get(company_id) or "UTC"
        assert presence <= micros(day_start(zone, day), day_end(zone, day))


@pytest.mark.parametrize("seed", range(10))
def test_equations(seed: int) -> None:
    tables = nasty_tables(seed)
    # Company rows that were replaced or spoilt would make the check of day lengths guess.
    seen: dict[str, dict] = {}
    for row in tables["raw_companies"]:
        if row["company_id"] and row["time_zone"] not in ("Mars/Olympus", "+02:00", "BST"):
            seen.setdefault(row["company_id"], {**row, "ingested_at": None})
    tables["raw_companies"] = list(seen.values())
    result = compute(tables)
    assert all(result[name] for name in RELATIONS_WITH_ROWS)
    assert_feed_adds_up(result)
    assert_agents_add_up(result)
    assert_digital_metrics_add_up(result)
    assert_aggregates_agree(result)
    assert_rates_are_proportions(result)
    assert_states_fit_their_days(tables, result)


def test_order_of_arrival_is_irrelevant() -> None:
    tables = nasty_tables(1)
    now = utc(2027, 1, 1)
    reverse = {name: rows[::-1] for name, rows in tables.items()}
    first, second = compute(tables, now=now), compute(reverse, now=now)
    for name in first:
        assert sorted(map(str, first[name])) == sorted(map(str, second[name])), name


@pytest.mark.parametrize(
    ("absent", "columns"),
    [
        ("raw_messages", ("valid_session_count", "avg_response_seconds", "response_count")),
        ("raw_evaluations", ("evaluated_session_count", "score_1_rate")),
    ],
)
def test_what_was_not_measured_is_unknown(absent: str, columns: tuple[str, ...]) -> None:
    for row in compute(nasty_tables(2, absent=(absent,)))["session_analysis_daily"]:
        assert row["session_count"] > 0
        assert [row[column] for column in columns] == [None] * len(columns)


def test_nasty_tables_repeat_and_can_be_written(tmp_path: Path) -> None:
    tables = nasty_tables(3, sessions=5)
    assert tables == nasty_tables(3, sessions=5)
    assert tables != nasty_tables(4, sessions=5)
    write_tables(tables, tmp_path / "csv")
    write_tables(tables, tmp_path / "jsonl", format="jsonl")
    text = (tmp_path / "jsonl" / "raw_sessions.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line) for line in text.splitlines()] == tables["raw_sessions"]
    assert len(list((tmp_path / "csv").iterdir())) == len(tables)
