"""What always holds of queues, handling, activity and durations, in the reference computation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from nasty import nasty_tables
from reference import compute

Result = dict[str, list[dict[str, Any]]]
QUEUES = tuple(f"queue_metrics_{grain}" for grain in ("interval", "daily", "aggregated"))
ACTIVITIES = tuple(f"agent_activity_{grain}" for grain in ("interval", "daily", "aggregated"))


@pytest.fixture(scope="module", params=range(8))
def result(request: pytest.FixtureRequest) -> Result:
    return compute(nasty_tables(request.param, sessions=80, days=5, agents=6))


def rows_of(result: Result, relations: Iterable[str]) -> list[dict[str, Any]]:
    rows = [row for relation in relations for row in result[relation]]
    assert rows
    return rows


def close(value: float) -> Any:
    return pytest.approx(value, abs=1e-6)


def test_legs_add_up(result: Result) -> None:
    for row in rows_of(result, QUEUES):
        count = {name.removesuffix("_leg_count"): row[name] for name in row if "_leg_" in name}
        assert count["queued"] == (
            count["answered"] + count["abandoned"] + count["flowed_out"] + count["open"]
        )
        assert count["queued"] == sum(
            count[kind]
            for kind in ("start", "overflow", "transfer", "reopening", "retry", "return")
        )
        assert count["answered_within"] <= count["answered"]
        assert count["short_abandoned"] <= count["abandoned"]
        assert count["dequeued"] <= count["flowed_out"]
        if row["avg_answer_seconds"] is not None:
            assert row["longest_answered_queue_seconds"] >= row["avg_answer_seconds"] - 1e-9


def test_every_service_level_is_at_least_the_headline_but_one(result: Result) -> None:
    for row in rows_of(result, QUEUES):
        headline = row["service_level_rate"]
        if headline is None:
            continue
        for kind in ("without_short", "of_answered", "without_early_abandoned",
                     "with_early_abandoned"):
            rate = row[f"service_level_{kind}_rate"]
            assert rate is None or rate >= headline
        assert row["service_level_of_ended_rate"] <= headline


def is_additive(column: str) -> bool:
    return column.endswith(("_count", "_seconds")) and not column.startswith(("avg_", "longest_"))


@pytest.mark.parametrize("family", ["queue_metrics", "agent_activity"])
def test_intervals_and_days_make_the_range(result: Result, family: str) -> None:
    for column in filter(is_additive, result[f"{family}_aggregated"][0]):
        sums = [
            sum(row[column] or 0 for row in result[f"{family}_{grain}"])
            for grain in ("interval", "daily", "aggregated")
            if not (column == "absent_handling_seconds" and grain == "interval")
        ]
        assert sums == [close(sums[-1])] * len(sums), column


def test_sessions_that_waited_add_up(result: Result) -> None:
    relations = ("session_analysis_daily", "session_metrics_daily", "session_metrics_aggregated")
    for row in rows_of(result, relations):
        kinds = ("answered_queued", "abandoned", "flowed_out", "waiting")
        assert row["queued_session_count"] == sum(row[f"{kind}_session_count"] for kind in kinds)
        assert row["answered_within_session_count"] <= row["answered_queued_session_count"]


def test_quarter_hours_tile_their_days(result: Result) -> None:
    counts: dict[tuple, int] = defaultdict(int)
    for row in result["dim_intervals"]:
        counts[row["time_zone"], row["date_day"]] += 1
    assert set(counts.values()) <= {92, 94, 96, 98, 100}
    starts = [(row["time_zone"], row["interval_started_at"]) for row in result["dim_intervals"]]
    assert len(set(starts)) == len(starts)


def test_handling_adds_up(result: Result) -> None:
    for row in rows_of(result, ["fct_agent_contacts"]):
        if row["hold_seconds"] is not None:
            assert row["contact_seconds"] == close(row["engaged_seconds"] + row["hold_seconds"])
            assert row["hold_seconds"] >= 0 and row["engaged_seconds"] >= 0
        if row["handle_seconds"] is not None:
            assert row["handle_seconds"] == close(row["contact_seconds"] + row["wrap_up_seconds"])
        assert row["attributed_seconds"] >= 0


def test_costs_make_the_handling(result: Result) -> None:
    costs: dict[str, int] = defaultdict(int)
    for row in result["fct_agent_contacts"]:
        costs[row["agent_id"]] += round(row["attributed_seconds"] * 1_000_000_000)
    for row in result["agent_activity_aggregated"]:
        lost = round(row["handling_seconds"] * 1_000_000_000) - costs[row["agent_id"]]
        # A contact, a wrap-up or a state has two ends; nanoseconds get lost between any two.
        assert 0 <= lost < 5_000 * max(row["max_concurrency"], 1)


def test_states_are_those_of_the_other_figures(result: Result) -> None:
    others = {(row["agent_id"], row["date_day"]): row for row in result["agent_analysis_daily"]}
    for row in result["agent_activity_daily"]:
        other = others.get((row["agent_id"], row["date_day"]), defaultdict(float))
        for state in ("idle", "busy", "break"):
            assert row[f"{state}_seconds"] == close(other[f"{state}_seconds"])


def test_activity_adds_up(result: Result) -> None:
    for row in rows_of(result, ACTIVITIES):
        assert row["presence_seconds"] == close(row["ready_seconds"] + row["break_seconds"])
        assert row["handling_seconds"] == close(
            row["ready_handling_seconds"] + row["break_handling_seconds"]
        )
        assert row["occupancy_rate"] is None or 0 <= row["occupancy_rate"] <= 1
        if row["avg_concurrency"] is not None:
            assert 1 <= row["avg_concurrency"] <= row["max_concurrency"]
        if row["offer_count"] is not None:
            outcomes = ("accepted", "declined", "missed", "withdrawn", "open")
            assert row["offer_count"] == sum(row[f"{kind}_offer_count"] for kind in outcomes)
    for row in result["agent_activity_interval"]:
        assert row["presence_seconds"] <= 900 and row["handling_seconds"] <= 900


def count_where(rows: list[dict], condition: Callable[[dict], bool]) -> int:
    return sum(row["duration_count"] for row in rows if condition(row))


def test_histograms_are_exact_at_each_edge(result: Result) -> None:
    durations, bins = result["fct_durations"], result["duration_histogram_daily"]
    for measure in {row["measure"] for row in durations}:
        lasted = [row["seconds"] for row in durations if row["measure"] == measure]
        own = [row for row in bins if row["measure"] == measure]
        assert sum(row["duration_count"] for row in own) == len(lasted)
        assert sum(row["duration_seconds"] for row in own) == close(sum(lasted))
        for edge in (1, 30, 3600, 86400):
            within = count_where(own, lambda row, edge=edge: row["upper_seconds"] <= edge)
            assert within == sum(duration <= edge for duration in lasted)
    for row in result["duration_percentiles"]:
        assert row["p50_seconds"] <= row["p90_seconds"] <= row["longest_seconds"]


def test_heatmap_draws_every_leg_and_every_half_hour(result: Result) -> None:
    rows = result["arrivals_heatmap"]
    assert sum(row["queued_leg_count"] for row in rows) == len(result["fct_queue_legs"])
    assert any(row["queued_leg_count"] == 0 for row in rows)
    assert all(row["occurrence_count"] >= 1 for row in rows)
