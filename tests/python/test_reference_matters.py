"""Repeats, transfers, backlog, bots and surveys in the reference computation, by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from cases import at, build, event, only, said
from reference import compute

HOUR, DAY = 3600, 86400


def sessions(*rows: tuple) -> list[dict]:
    """Session, second of the start, further columns."""
    return [
        {"session_id": name, "customer_id": "u", "started_at": at(second), **more}
        for name, second, more in rows
    ]


def resolved(*rows: tuple, as_of: float = 30 * DAY, **options: Any) -> dict[str, Any]:
    """Sessions that an agent has for a minute each, by the mart of resolutions."""
    tables = build(
        session_events=[
            one
            for name, second, _ in rows
            for one in (
                event(second, "accepted", "A", session_id=name),
                event(second + 60, "closed", "A", session_id=name),
            )
        ]
    )
    tables["raw_sessions"] = sessions(*rows)
    return compute(tables, as_of=at(as_of), **options)["resolution_metrics_aggregated"][0]


def test_a_matter_comes_back_within_its_window() -> None:
    week = 7 * DAY
    row = resolved(("a", 0, {}), ("b", 60 + week, {}), ("c", 61 + 60 + week + 60 + week, {}))
    counts = ("closed", "matured", "repeated", "unknown_customer")
    assert [row[f"{name}_session_count"] for name in counts] == [3, 3, 1, 0]
    assert (row["first_contact_count"], row["repeat_rate"]) == (2, 1 / 3)


def test_what_started_before_the_close_is_parallel_and_the_young_are_unknown() -> None:
    row = resolved(("a", 0, {}), ("b", 30, {}), as_of=60 + 7 * DAY)
    assert (row["matured_session_count"], row["repeated_session_count"]) == (1, 0)
    assert row["first_contact_resolution_rate"] == 1


@pytest.mark.parametrize(
    ("scope", "directions", "repeated"),
    [
        ("customer", ("inbound", None), 2),
        ("customer_topic", ("inbound", None), 1),
        ("customer_skill", ("inbound", None), 0),
        ("customer", ("outbound",), 0),
        ("customer", ("outbound", None), 1),
    ],
)
def test_scopes_and_directions(scope: str, directions: tuple, repeated: int) -> None:
    row = resolved(
        ("a", 0, {"topic": "bill", "direction": "inbound"}),
        ("b", 100, {"topic": "other"}),
        ("c", 300, {"topic": "bill", "direction": "outbound"}),
        ("d", 500, {"topic": "bill", "direction": "inbound"}),
        repeat_scope=scope, repeat_directions=directions,
    )
    assert row["repeated_session_count"] == repeated


def test_transfers() -> None:
    result = compute(
        build(
            session_events=[
                event(0, "queued", skill_id="s1"),
                event(10, "accepted", "A"),
                event(20, "transferred", to_skill_id="s2"),
                event(30, "accepted", "B"),
                event(40, "transferred", "C"),
            ]
        )
    )
    rows = [
        tuple(row[f"{side}_{what}_id"] for side in ("from", "to") for what in ("agent", "skill"))
        + (row["received_transfer_count"],)
        for row in result["transfers_daily"]
    ]
    assert sorted(rows, key=str) == [
        ("A", "s1", "B", "s2", 1), ("C", "s2", None, None, 0),
    ]


# --- backlog --------------------------------------------------------------------------------


def backlog(*events: tuple, as_of: float, **options: Any) -> dict[tuple, dict]:
    """By local day of March 2026 and skill; the session starts at noon of the fifth."""
    result = compute(build(session_events=list(events)), as_of=at(as_of), **options)
    return {(row["date_day"].day, row["skill_id"]): row for row in result["backlog_daily"]}


def flow(row: dict) -> tuple:
    names = ("open_at_start", "started", "reopened", "moved_in", "moved_out", "closed", "expired",
             "open_at_end")
    return tuple(row[f"{name}_count"] for name in names)


def test_backlog_of_three_days() -> None:
    rows = backlog(
        event(0, "queued", skill_id="x"),
        event(13 * HOUR, "queued", skill_id="y"),
        event(14 * HOUR, "accepted", "A"),
        event(36 * HOUR, "closed", "A"),
        as_of=40 * HOUR,
    )
    assert {key: flow(row) for key, row in rows.items()} == {
        (5, "x"): (0, 1, 0, 0, 0, 0, 0, 1),
        (6, "x"): (1, 0, 0, 0, 1, 0, 0, 0),
        (6, "y"): (0, 0, 0, 1, 0, 0, 0, 1),
        # A close at midnight belongs to the new day.
        (7, "y"): (1, 0, 0, 0, 0, 1, 0, 0),
    }
    assert rows[5, "x"]["waiting_in_queue_count"] == rows[6, "y"]["with_agent_count"] == 1
    ages = [rows[key]["open_age_seconds"] for key in ((5, "x"), (6, "y"), (7, "y"))]
    assert ages == [12 * HOUR, 36 * HOUR, 0]
    assert rows[6, "y"]["open_up_to_3_days_count"] == 1


def test_expired_and_back() -> None:
    rows = backlog(
        event(0, "queued", skill_id="x"),
        event(DAY, "held", "A"),
        event(2 * DAY + 1, "closed"),
        as_of=3 * DAY, max_open_days=1,
    )
    assert {key: flow(row) for key, row in rows.items()} == {
        (5, "x"): (0, 1, 0, 0, 0, 0, 0, 1),
        (6, "x"): (1, 0, 0, 0, 0, 0, 0, 1),
        (7, "x"): (1, 0, 1, 0, 0, 1, 1, 0),
    }


# --- bots -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "result", "seconds"),
    [
        ([event(0, "bot_started"), event(30, "bot_ended", outcome="resolved")], "resolved", 30),
        ([event(0, "bot_started"), event(30, "bot_ended", outcome="failed")], "left", 30),
        ([event(0, "bot_started"), event(30, "bot_ended")], "unknown", 30),
        ([event(0, "bot_started"), event(30, "bot_ended", outcome="handed_off")], "handed_off", 30),
        ([event(0, "bot_started"), event(30, "bot_ended", outcome="resolved"),
          event(40, "queued")], "handed_off", 30),
        ([event(0, "bot_started"), event(30, "closed"), event(40, "queued")], "unknown", 30),
        ([event(0, "bot_started"), event(30, "queued"), event(40, "bot_ended",
                                                             outcome="resolved")],
         "handed_off", 30),
        ([event(0, "bot_started")], "running", 100),
    ],
)
def test_result_of_a_bot(events: list[tuple], result: str, seconds: float) -> None:
    session = compute(build(session_events=events), as_of=at(100))["fct_sessions"][0]
    assert (session["bot_result"], session["bot_seconds"]) == (result, seconds)


def test_a_bot_that_only_writes() -> None:
    def bot(second: float) -> tuple:
        return second, {"sender_type": "bot"}

    tables = build(
        session_events=[event(20, "queued"), event(30, "accepted", "A")],
        messages=[said(0, "u"), bot(5), bot(20), bot(25), said(40, "A")],
    )
    session = compute(tables)["fct_sessions"][0]
    assert session["bot_started_at"].isoformat() == at(5)
    assert (session["bot_seconds"], session["bot_message_count"]) == (15, 2)
    assert session["bot_result"] == "handed_off"


def test_contained_and_verified() -> None:
    tables = build(
        session_events=[
            event(second, kind, session_id=name)
            for name, second in (("a", 0), ("b", 90_000), ("c", 100_000))
            for kind in ("bot_started", "bot_ended")
        ]
    )
    tables["raw_sessions"] = sessions(("a", 0, {}), ("b", 90_000, {}), ("c", 100_000, {}))
    row = compute(tables, as_of=at(90_000 + DAY))["bot_metrics_daily"]
    totals = {
        name: sum(day[f"bot_{name}_count"] for day in row)
        for name in ("session", "contained", "matured", "verified_contained")
    }
    assert totals == {"session": 3, "contained": 3, "matured": 2, "verified_contained": 1}


# --- surveys --------------------------------------------------------------------------------


def test_every_kind_on_its_own_scale() -> None:
    tables = build(
        session_events=[event(0, "accepted", "A")],
        evaluations=[
            (5, {"score": "4"}),
            (6, {"score": "9", "scale_max": "10"}),
            (7, {"score": "9", "kind": "nps"}),
            (8, {"score": "0", "kind": "nps", "agent_id": "nobody"}),
            (9, {"score": "8", "kind": "ces"}),
        ],
    )
    result = compute(tables)
    assert [(row["kind"], row["scale_max"], row["score"], row["agent_id"])
            for row in result["fct_evaluations"]] == [
        ("csat", 10, 9, "A"), ("nps", 10, 0, None),
    ]
    assert [row["reason"] for row in result["quarantined_rows"]] == ["score_out_of_range"]
    assert result["fct_sessions"][0]["score"] == 4
    csat = only(result["survey_metrics"], kind="csat")
    assert (csat["top_1_count"], csat["top_2_count"], csat["net_promoter_score"]) == (0, 1, None)
    assert only(result["survey_metrics_daily"], kind="nps")["net_promoter_score"] == -100


def test_wilson() -> None:
    tables = build(session_events=[])
    tables["raw_sessions"] = sessions(*((f"s{n}", 0, {}) for n in range(10)))
    tables["raw_evaluations"] = [
        {"evaluation_id": f"v{n}", "session_id": f"s{n}", "submitted_at": at(1),
         "score": "5" if n < 8 else "1"}
        for n in range(10)
    ]
    row = compute(tables)["survey_metrics"][0]
    # 8 of 10, as tables of the interval print it.
    assert (round(row["top_1_rate_low"], 4), round(row["top_1_rate_high"], 4)) == (0.4902, 0.9433)


def test_requests() -> None:
    tables = build(
        session_events=[],
        survey_requests=[(0, {"request_id": "r1"}), (0, {"request_id": "r2", "kind": "nps"})],
        evaluations=[(9, {"score": "4", "request_id": "r1"})],
    )
    for row in tables["raw_survey_requests"]:
        row["sent_at"] = at(0)
    rows = compute(tables)["survey_requests_daily"]
    assert [(row["kind"], row["date_day"], row["survey_response_rate"]) for row in rows] == [
        ("csat", date(2026, 3, 5), 1), ("nps", date(2026, 3, 5), 0),
    ]
