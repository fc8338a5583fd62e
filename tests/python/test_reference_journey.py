"""What always holds of promises, repeats, backlog, bots and surveys, in the reference."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from typing import Any

import pytest
from nasty import nasty_tables
from reference import compute

Result = dict[str, list[dict[str, Any]]]
CHOICES = (
    {},
    {"max_open_days": 1, "repeat_window_days": 1, "bot_repeat_hours": 6},
    {"repeat_window_days": 0.25, "repeat_scope": "customer_topic", "max_open_days": 0.25},
    {"repeat_window_days": 2, "repeat_scope": "customer_skill", "calendar_horizon_days": 3,
     "repeat_directions": ("inbound", "outbound")},
)
BUSINESS = (
    ("fct_queue_legs", "queue"), ("fct_sessions", "queue"), ("fct_sessions", "first_response"),
    ("fct_sessions", "resolution"), ("fct_agent_contacts", "first_response"),
    ("fct_agent_sessions", "first_response"), ("fct_turns", "response"),
)


@pytest.fixture(scope="module", params=range(8))
def result(request: pytest.FixtureRequest) -> Result:
    tables = nasty_tables(request.param, sessions=80, days=5, agents=6)
    return compute(tables, **CHOICES[request.param % len(CHOICES)])


def test_business_hours_are_part_of_all_hours(result: Result) -> None:
    some = 0
    for relation, name in BUSINESS:
        for row in result[relation]:
            if row[f"business_{name}_seconds"] is not None:
                some += row[f"business_{name}_seconds"] > 0
                # A close up to five minutes before its session's start counts backwards.
                assert abs(row[f"business_{name}_seconds"]) <= abs(row[f"{name}_seconds"])
    assert some


def test_always_open_is_the_wall() -> None:
    tables = nasty_tables(3, sessions=60, days=4)
    for name in ("hours", "exceptions", "assignments"):
        tables[f"raw_calendar_{name}"] = []
    tables["raw_calendars"] = [{"calendar_id": "always", "time_zone": "America/Havana"}]
    tables["raw_calendar_hours"] = [
        {"calendar_id": "always", "iso_day_of_week": str(day), "opens_at": "00:00",
         "closes_at": "24:00", "valid_from": "2020-01-01"}
        for day in range(1, 8)
    ]
    tables["raw_calendar_assignments"] = [
        {"subject": "channel", "subject_id": "chat", "calendar_id": "always",
         "valid_from": "2020-01-01T00:00:00Z"}
    ]
    result = compute(tables)
    compared = 0
    for row in result["fct_sessions"]:
        for name in ("first_response", "resolution"):
            if row["channel_id"] == "chat" and row[f"{name}_seconds"] is not None:
                compared += 1
                assert row[f"business_{name}_seconds"] == row[f"{name}_seconds"]
    assert compared > 10


def test_spans_lie_apart(result: Result) -> None:
    spans_of: dict[str, list] = defaultdict(list)
    for row in result["open_spans"]:
        assert row["opened_at"] < row["closed_at"]
        spans_of[row["calendar_id"]].append((row["opened_at"], row["closed_at"]))
    assert len(spans_of) >= 3
    for spans in spans_of.values():
        for earlier, later in itertools.pairwise(sorted(spans)):
            assert earlier[1] < later[0]


def test_clocks_are_in_one_of_four_states(result: Result) -> None:
    for row in result["sla_metrics_daily"]:
        states = ("met", "breached", "cancelled", "running")
        assert row["clock_count"] == sum(row[f"{state}_count"] for state in states)
    assert result["fct_sla"]
    for row in result["fct_sla"]:
        is_in_time = row["running_seconds"] <= row["target_seconds"]
        assert (row["state"] == "met") == (row["stopped_at"] is not None and is_in_time)
        assert (row["state"] == "breached") == (not is_in_time)
        if row["state"] == "breached":
            assert row["due_at"] is not None
        if row["state"] == "met" and row["due_at"] is not None:
            assert row["due_at"] >= row["stopped_at"] or row["target_seconds"] == (
                row["running_seconds"]
            )


def test_repeats_are_some_of_the_matured(result: Result) -> None:
    for family in ("daily", "aggregated"):
        for row in result[f"resolution_metrics_{family}"]:
            closed, matured = row["closed_session_count"], row["matured_session_count"]
            assert row["repeated_session_count"] <= matured
            assert matured <= closed - row["unknown_customer_session_count"]
            assert row["first_contact_count"] <= row["matured_accepted_session_count"]
            one_touch = row["one_touch_session_count"]
            assert one_touch is None or one_touch <= row["single_agent_session_count"] <= closed


def test_transfers_are_the_events(result: Result) -> None:
    for row in result["transfers_daily"]:
        assert row["received_transfer_count"] in (
            (0,) if row["to_agent_id"] is None else (row["transfer_count"],)
        )


def test_backlog_adds_up_by_row_and_from_day_to_day(result: Result) -> None:
    last_end: dict[tuple, tuple] = {}
    for row in sorted(result["backlog_daily"], key=lambda row: row["date_day"]):
        count = {name.removesuffix("_count"): row[name] for name in row if name.endswith("_count")}
        end = count["open_at_end"]
        assert end == (
            count["open_at_start"] + count["started"] + count["reopened"] + count["moved_in"]
            - count["moved_out"] - count["closed"] - count["expired"]
        )
        places = count["with_agent"] + count["waiting_in_queue"] + count["with_nobody"]
        ages = sum(n for name, n in count.items() if name.startswith(("open_up", "open_over")))
        assert end == places == ages
        key = (row["company_id"], row["skill_id"], row["channel_id"])
        day, former_end = last_end.get(key, (None, 0))
        assert count["open_at_start"] == former_end
        assert day is None or former_end == 0 or (row["date_day"] - day).days == 1
        last_end[key] = (row["date_day"], end)


def test_bots_are_one_of_five(result: Result) -> None:
    assert result["bot_metrics_daily"]
    for row in result["bot_metrics_daily"]:
        results = ("handed_off", "resolved", "left", "unknown", "running")
        assert row["bot_session_count"] == sum(row[f"bot_{name}_count"] for name in results)
        assert row["bot_verified_contained_count"] <= row["bot_matured_count"]
        ended = row["bot_handed_off_count"] + row["bot_contained_count"]
        assert row["bot_matured_count"] <= ended


def test_surveys_add_up(result: Result) -> None:
    kinds: Counter = Counter()
    for row in result["survey_metrics"]:
        number = row["survey_response_count"]
        kinds[row["kind"]] += number
        assert row["top_1_count"] <= row["top_2_count"] <= number
        for name in ("top_1", "top_2", "bottom_2"):
            rate = row[f"{name}_rate"]
            assert 0 <= row[f"{name}_rate_low"] - 1e-12 or rate == 0
            assert row[f"{name}_rate_low"] <= rate + 1e-12 <= row[f"{name}_rate_high"] + 1e-9
        if row["net_promoter_score"] is not None:
            assert -100 <= row["net_promoter_score"] <= 100
            parts = ("promoter", "passive", "detractor")
            assert number == sum(row[f"{part}_count"] for part in parts)
    assert set(kinds) == {"csat", "nps", "ces"}
    assert sum(kinds.values()) == len(result["fct_evaluations"])
    for row in result["survey_requests_daily"]:
        assert row["answered_request_count"] <= row["requested_count"]


def test_a_running_clock_has_not_passed_its_due_time() -> None:
    tables = nasty_tables(11, sessions=80, days=5)
    ends = [row["ended_at"] for row in compute(tables)["fct_agent_states"]]
    as_of = sorted(ends)[len(ends) // 2]
    running = [row for row in compute(tables, as_of=as_of)["fct_sla"] if row["state"] == "running"]
    assert running
    for row in running:
        assert row["due_at"] is None or row["due_at"] >= as_of


def values_of(rows: list[dict[str, Any]], *columns: str) -> set:
    return {tuple(row[column] for column in columns) for row in rows}


@pytest.mark.parametrize("seed", range(1, 5))
def test_random_data_meet_every_rule(seed: int) -> None:
    """In each of the data sets with which the models are compared."""
    tables = nasty_tables(seed, sessions=300, days=9, agents=12)
    result = compute(tables, max_open_days=1, repeat_window_days=1, bot_repeat_hours=6)
    metrics, states = ("first_response", "next_response", "resolution"), ("met", "breached")
    found = values_of(result["fct_sla"], "metric", "state")
    assert found >= {*itertools.product(metrics, states), ("first_response", "cancelled")}
    assert any(row["pending_seconds"] for row in result["fct_sla"])
    assert {None} < {row["due_at"] for row in result["fct_sla"]}
    sessions = result["fct_sessions"]
    assert values_of(sessions, "is_outside_hours") == {(None,), (False,), (True,)}
    assert values_of(sessions, "pended_while_customer_waits_count") >= {(0,), (1,)}
    results = ("handed_off", "resolved", "left", "unknown", "running", None)
    assert values_of(sessions, "bot_result") == {(one,) for one in results}
    assert values_of(result["fct_resolutions"], "is_matured", "is_repeated") == {
        (None, None), (False, None), (True, False), (True, True),
    }
    for name in ("reopened", "moved_in", "expired", "with_agent", "waiting_in_queue"):
        assert any(row[f"{name}_count"] for row in result["backlog_daily"])
    assert len(values_of(result["fct_evaluations"], "kind", "scale_min", "scale_max")) > 4
    assert {row["survey_response_rate"] for row in result["survey_requests_daily"]} >= {0, 1}
    assert any(row["bot_verified_contained_count"] for row in result["bot_metrics_daily"])
    for name in ("agent_id", "skill_id"):
        pairs = values_of(result["fct_transfers"], f"from_{name}", f"to_{name}")
        assert any(None in pair for pair in pairs) and any(None not in pair for pair in pairs)
