"""Checks of the reference computation: cases worked out by hand, and equations that always hold."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from nasty import nasty_tables, write_tables
from reference import compute, day_end, day_of, day_start, micros

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


def at(second: float) -> str:
    return (NOON + timedelta(seconds=second)).isoformat()


def build(**tables: list[tuple]) -> dict[str, list[dict]]:
    """Contract tables from short tuples: session, second, kind, further columns."""
    number = 0

    def key() -> str:
        nonlocal number
        number += 1
        return f"{number:04d}"

    built: dict[str, list[dict]] = {
        "raw_sessions": [
            {"session_id": "s", "customer_id": "u", "started_at": at(0)}
        ],
        "raw_session_events": [],
    }
    for name, rows in tables.items():
        built[f"raw_{name}"] = [
            {
                "event_id": key(),
                "message_id": key(),
                "evaluation_id": key(),
                "session_id": "s",
                **dict.fromkeys(("occurred_at", "sent_at", "submitted_at"), at(row[0])),
                **row[1],
            }
            for row in rows
        ]
    return built


def event(second: float, kind: str, agent_id: str | None = None, **more: Any) -> tuple:
    return second, {"event_type": kind, "agent_id": agent_id, **more}


def said(second: float, sender: str | None, **more: Any) -> tuple:
    """A message of the customer ("u") or of an agent."""
    side = "customer" if sender == "u" else "agent"
    return second, {"sender_type": side, "sender_id": sender, **more}


def only(rows: list[dict], **values: Any) -> dict:
    found = [row for row in rows if all(row[key] == value for key, value in values.items())]
    assert len(found) == 1, found
    return found[0]


# --- sessions -------------------------------------------------------------------------------


def test_question_left_open_at_a_transfer() -> None:
    tables = build(
        session_events=[
            event(0, "accepted", "A"),
            event(20, "transferred", "A", to_agent_id="B"),
            event(50, "accepted", "B"),
        ],
        messages=[said(10, "u"), said(15, "u"), said(80, "B")],
    )
    result = compute(tables)
    session = result["fct_sessions"][0]
    assert session["first_response_seconds"] == 80
    assert session["response_seconds"] == 30
    first, second = result["fct_agent_contacts"]
    assert (first["contact_seconds"], first["is_transferred_out"]) == (20, True)
    assert (second["contact_seconds"], second["is_transferred_in"]) == (None, True)
    assert second["first_response_seconds"] == 30
    a = only(result["agent_analysis_aggregated"], agent_id="A")
    b = only(result["agent_analysis_aggregated"], agent_id="B")
    assert (a["unreplied_session_count"], a["valid_session_count"]) == (1, 0)
    assert (b["unreplied_session_count"], b["valid_session_count"]) == (0, 0)
    assert b["first_response_within_30s_rate"] == b["response_within_30s_rate"] == 1
    later = compute(tables, response_threshold_seconds=29.999999)
    b = only(later["agent_analysis_aggregated"], agent_id="B")
    assert b["response_within_30s_rate"] == 0


def test_response_clock() -> None:
    tables = build(
        session_events=[event(0, "accepted", "A")],
        messages=[said(10, "u"), said(25, "u"), said(40, "A"), said(50, "u"), said(53, "A")],
    )
    first = compute(tables)["session_analysis_aggregated"][0]
    assert (first["response_count"], first["response_seconds"]) == (2, 33)
    assert first["avg_response_seconds"] == first["pooled_avg_response_seconds"] == 16.5
    last = compute(tables, response_clock="last")["session_analysis_aggregated"][0]
    assert last["response_seconds"] == 18
    contact = compute(tables)["fct_agent_contacts"][0]
    assert contact["follow_on_response_count"] == 1
    assert contact["follow_on_response_seconds"] == 3
    assert contact["customer_response_count"] == 1


def test_attended_transfer_is_received_by_who_holds_the_session() -> None:
    result = compute(
        build(
            session_events=[
                event(0, "accepted", "A"),
                event(10, "accepted", "B"),
                event(20, "transferred", "A", to_agent_id="B"),
                event(40, "closed", "B", actor_type="agent"),
            ]
        )
    )
    first, second = result["fct_agent_contacts"]
    assert (first["contact_seconds"], second["contact_seconds"]) == (10, 30)
    assert (first["is_transferred_out"], first["is_transferred_in"]) == (True, False)
    assert (second["is_transferred_out"], second["is_transferred_in"]) == (False, True)


def test_transfer_to_oneself_and_across_a_close() -> None:
    result = compute(
        build(
            session_events=[
                event(0, "accepted", "A"),
                event(10, "transferred", None, to_agent_id="A"),
                event(20, "closed"),
                event(30, "reopened"),
                event(40, "accepted", "A"),
            ]
        )
    )
    first, second = result["fct_agent_contacts"]
    assert first["is_transferred_out"] and not second["is_transferred_in"]


def test_reopened_session() -> None:
    result = compute(
        build(
            session_events=[
                event(5, "accepted", "A"),
                event(10, "closed", "A", actor_type="agent"),
                event(15, "accepted", "C"),
                event(20, "reopened"),
                event(30, "accepted", "B"),
                event(50, "closed", "A"),
                event(60, "closed", "B"),
                event(70, "disposition_set", "B", disposition="sold"),
            ],
            messages=[said(10, "u"), said(15, "u"), said(20, "u"), said(50, "A"), said(51, "u")],
        )
    )
    assert [(row["table_name"], row["reason"]) for row in result["quarantined_rows"]] == [
        ("raw_session_events", "after_close"),
        ("raw_messages", "after_close"),
        ("raw_messages", "after_close"),
    ]
    session = result["fct_sessions"][0]
    assert (session["session_seconds"], session["resolution_seconds"]) == (45, 50)
    a = only(result["agent_analysis_aggregated"], agent_id="A")
    b = only(result["agent_analysis_aggregated"], agent_id="B")
    assert (a["agent_closed_session_count"], b["agent_closed_session_count"]) == (1, 0)
    a = only(result["digital_metrics_aggregated"], agent_id="A")
    b = only(result["digital_metrics_aggregated"], agent_id="B", disposition="sold")
    assert (a["close_count"], a["closed_session_count"], a["resolution_seconds"]) == (1, 0, 0)
    assert (b["close_count"], b["closed_session_count"], b["resolution_seconds"]) == (1, 1, 50)
    assert b["avg_resolution_seconds"] == 50


def test_queue() -> None:
    def queue_seconds(*events: tuple) -> float | None:
        return compute(build(session_events=list(events)))["fct_sessions"][0]["queue_seconds"]

    assert queue_seconds(event(0, "accepted", "A")) == 0
    assert queue_seconds(event(0, "abandoned")) is None
    assert queue_seconds(event(0, "queued"), event(90, "released")) == 90
    assert queue_seconds(
        event(0, "queued"), event(10, "abandoned"), event(15, "queued"), event(20, "queued"),
        event(50, "accepted", "A"), event(60, "queued"), event(99, "accepted", "A"),
    ) == 45


def test_message_at_a_shared_instant_is_the_later_contacts() -> None:
    result = compute(
        build(
            session_events=[event(0, "accepted", "A"), event(10, "accepted", "B")],
            messages=[said(10, "u"), said(10, "A", message_seq="1"), said(20, None)],
        )
    )
    first, second = result["fct_agent_contacts"]
    assert (first["customer_message_count"], second["customer_message_count"]) == (0, 1)
    assert (first["agent_message_count"], second["agent_message_count"]) == (1, 1)
    assert [turn["agent_id"] for turn in result["fct_turns"]] == [None, "A", "B"]


def test_evaluation_counts_once() -> None:
    events = [event(0, "accepted", "A"), event(10, "accepted", "B")]

    def evaluated(*evaluations: tuple) -> tuple:
        result = compute(build(session_events=events, evaluations=list(evaluations)))
        return (
            result["session_analysis_aggregated"][0]["evaluated_session_count"],
            {
                row["agent_id"]: row["satisfaction_rate"]
                for row in result["agent_analysis_aggregated"]
                if row["evaluated_session_count"]
            },
        )

    assert evaluated((5, {"score": "5"})) == (1, {"A": 1.0})
    assert evaluated((5, {"score": "5"}), (10, {"score": "3.0"})) == (1, {"B": 0.0})
    assert evaluated((5, {"score": "4", "agent_id": "B"})) == (1, {"B": 1.0})
    assert evaluated((5, {"score": "4", "agent_id": "C"})) == (1, {})
    assert evaluated((5, {"score": "4.5"}), (6, {"score": "6"})) == (0, {})


def test_voice_counts_as_answered() -> None:
    tables = build(session_events=[event(0, "accepted", "A"), event(10, "closed", "A")])
    tables["raw_sessions"][0]["channel_id"] = "phone"
    tables["raw_channels"] = [
        {"channel_id": "phone", "media_type": "voice", "is_digital": "true"}
    ]
    result = compute(tables)
    row = result["digital_metrics_daily"][0]
    filled = {name for name, value in row.items() if value is not None}
    assert filled == {
        "date_day", "company_id", "agent_id", "channel_id", "agent_contact_count",
        "answered_agent_contact_count", "first_response_rate",
    }
    assert row["first_response_rate"] == 1
    agent = result["agent_analysis_daily"][0]
    assert (agent["session_count"], agent["digital_session_count"]) == (1, 0)
    assert agent["session_seconds"] == 10


def test_detach_is_a_stack_of_one_message() -> None:
    def tag(second: float, kind: str, message_id: str | None, name: str = "x") -> tuple:
        return second, {"event_type": kind, "message_id": message_id, "tag_name": name}

    def standing(*tag_events: tuple) -> list[tuple]:
        result = compute(
            build(session_events=[event(0, "accepted", "A")], tag_events=list(tag_events))
        )
        tagged = {row["tag_name"] for row in result["digital_metrics_by_tag_daily"]}
        assert tagged == {row["tag_name"] for row in result["tag_metrics_daily"]}
        return [(row["tag_name"], row["tag_count"]) for row in result["tag_metrics_daily"]]

    attached = [tag(1, "attached", "m"), tag(2, "attached", "m"), tag(3, "attached", None)]
    assert standing(*attached) == [("x", 3)]
    assert standing(*attached, tag(4, "detached", "m")) == [("x", 2)]
    assert standing(*attached, tag(4, "detached", "n")) == [("x", 3)]
    assert standing(*attached, *[tag(4, "detached", "m")] * 3, tag(5, "attached", "m")) == [
        ("x", 2)
    ]
    assert standing(*attached, tag(4, "detached", None, "y")) == [("x", 3)]
    assert standing(*attached, tag(4, "detached", None)) == []


def test_focus_is_clipped_to_the_agents_contacts() -> None:
    tables = build(
        session_events=[
            event(10, "accepted", "A"),
            event(20, "released", "A"),
            event(30, "accepted", "A"),
        ],
        focus_events=[
            event(0, "focus", "A"),
            event(5, "blur", "A", session_id="other"),
            event(18, "focus", "A"),
            event(35, "blur", "A"),
            event(50, "focus", "B"),
        ],
    )
    tables["raw_sessions"].append({"session_id": "other", "started_at": at(0)})
    result = compute(tables)
    first, second = result["fct_agent_contacts"]
    assert (first["focus_count"], first["focus_seconds"]) == (2, 10)
    assert (second["focus_count"], second["focus_seconds"]) == (1, 5)
    assert result["digital_metrics_aggregated"][0]["focus_rate"] == 1


# --- agents ---------------------------------------------------------------------------------


def clocked(second: float, kind: str, device: str | None = None, state: str | None = None) -> tuple:
    more = {"agent_id": "A", "event_type": kind, "device_id": device, "state": state}
    return second, more


def agent_day_sums(*events: tuple, **options: Any) -> dict[str, float]:
    result = compute(build(agent_events=list(events)), **options)
    row = result["agent_analysis_aggregated"][0]
    return {state: row[f"{state}_seconds"] for state in ("idle", "busy", "break")}


def test_two_devices() -> None:
    assert agent_day_sums(
        clocked(0, "login", "d1"),
        clocked(100, "login", "d2"),
        clocked(200, "logout", "d1"),
        clocked(250, "state", "d9", "busy"),
        clocked(260, "logout", "d1"),
        clocked(300, "logout"),
        clocked(400, "logout", "d2"),
    ) == {"idle": 250, "busy": 50, "break": 0}


def test_state_without_login_brings_its_device() -> None:
    assert agent_day_sums(
        clocked(0, "state", "d1", "break"),
        clocked(10, "login", "d2"),
        clocked(20, "logout", "d1"),
        clocked(50, "logout", "d2"),
    ) == {"idle": 0, "busy": 0, "break": 50}


def test_missing_logout() -> None:
    hour = 3600
    start = [clocked(0, "login"), clocked(hour, "state", None, "busy")]
    assert agent_day_sums(*start, clocked(40 * hour, "login"), clocked(41 * hour, "logout")) == {
        "idle": 2 * hour, "busy": 24 * hour, "break": 0,
    }
    believed = agent_day_sums(*start, clocked(40 * hour, "state", None, "break"))
    assert believed == {"idle": hour, "busy": 39 * hour, "break": 0}
    at_the_limit = agent_day_sums(*start, clocked(25 * hour, "login"))
    assert at_the_limit == {"idle": hour, "busy": 24 * hour, "break": 0}
    assert agent_day_sums(*start, as_of=at(60 * hour))["busy"] == 24 * hour
    assert agent_day_sums(*start, as_of=at(20 * hour))["busy"] == 19 * hour
    states = compute(build(agent_events=start), as_of=at(60 * hour))["fct_agent_states"]
    assert [row["is_inferred_end"] for row in states] == [False, False, True]


# --- days -----------------------------------------------------------------------------------


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "start", "hours"),
    [
        ("America/New_York", date(2026, 3, 8), utc(2026, 3, 8, 5), 23),
        ("America/New_York", date(2026, 11, 1), utc(2026, 11, 1, 4), 25),
        # Midnight comes twice, then never.
        ("America/Havana", date(2026, 11, 1), utc(2026, 11, 1, 4), 25),
        ("America/Havana", date(2026, 3, 8), utc(2026, 3, 8, 5), 23),
        ("America/Santiago", date(2026, 4, 4), utc(2026, 4, 4, 3), 25),
        ("Australia/Lord_Howe", date(2026, 4, 5), utc(2026, 4, 4, 13), 24.5),
        ("Asia/Kolkata", date(2026, 3, 8), utc(2026, 3, 7, 18, 30), 24),
        # The clock was set back a minute after midnight: the day had begun and goes on.
        ("America/St_Johns", date(2010, 11, 7), utc(2010, 11, 7, 2, 30), 25),
    ],
)
def test_length_of_days(zone: str, day: date, start: datetime, hours: float) -> None:
    assert day_start(zone, day) == start
    assert day_end(zone, day) - start == timedelta(hours=hours)
    middle = start + timedelta(minutes=30)
    assert day_of(zone, start) == day_of(zone, middle) == day
    assert day_of(zone, start - timedelta(microseconds=1)) == day - timedelta(days=1)


def test_skipped_day() -> None:
    assert day_start("Pacific/Apia", date(2011, 12, 30)) is None
    assert day_end("Pacific/Apia", date(2011, 12, 29)) == utc(2011, 12, 30, 10)


def test_presence_is_cut_at_the_local_midnight() -> None:
    tables = build(agent_events=[])
    tables["raw_sessions"] = []
    tables["raw_companies"] = [{"company_id": "default", "time_zone": "America/Havana"}]
    tables["raw_agent_events"] = [
        {"event_id": "1", "agent_id": "A", "event_type": "login",
         "occurred_at": "2026-11-01T04:30:00Z"},
        {"event_id": "2", "agent_id": "A", "event_type": "logout",
         "occurred_at": "2026-11-02T00:30:00-05:00"},
    ]
    days = compute(tables)["agent_analysis_daily"]
    assert [(row["date_day"], row["presence_seconds"]) for row in days] == [
        (date(2026, 11, 1), 24.5 * 3600),
        (date(2026, 11, 2), 0.5 * 3600),
    ]


# --- the feed -------------------------------------------------------------------------------


def test_fates() -> None:
    row = {"session_id": "s", "started_at": "2026-03-05T12:00:00Z"}
    late, early = "2026-03-06T00:00:00Z", "2026-03-05T13:00:00Z"
    tables = {
        "raw_sessions": [
            {**row, "ingested_at": early, "customer_id": "old"},
            {**row, "ingested_at": late, "customer_id": "new"},
            {**row, "ingested_at": early, "customer_id": "new"},
            {**row, "ingested_at": "2026-03-07T00:00:00Z", "direction": "up"},
            {**row, "session_id": ""},
            {**row, "session_id": "f", "ingested_at": "2026-03-04T12:00:00Z"},
            {**row, "session_id": "g", "ingested_at": "2026-03-04T11:59:59.999999Z"},
        ],
        "raw_session_events": [
            {"event_id": "1", "session_id": "s", "event_type": "queued",
             "occurred_at": "2026-03-05T11:55:00Z"},
            {"event_id": "2", "session_id": "s", "event_type": "queued",
             "occurred_at": "2026-03-05T11:54:59.999Z"},
            {"event_id": "3", "session_id": "t", "event_type": "queued",
             "occurred_at": "2026-03-05T12:00:00Z"},
        ],
        "raw_messages": None,
    }
    result = compute(tables)
    assert [(bad["row_key"], bad["reason"]) for bad in result["quarantined_rows"]] == [
        ("s", "superseded"), ("s", "bad_value"), (None, "missing_key"), ("g", "future_timestamp"),
        ("2", "before_start"), ("3", "unknown_session"),
    ]
    assert only(result["fct_sessions"], session_id="s")["customer_id"] == "new"
    quality = only(result["feed_quality"], table_name="raw_sessions")
    assert (quality["accepted_row_count"], quality["duplicate_row_count"]) == (2, 1)
    messages = only(result["feed_quality"], table_name="raw_messages")
    assert (messages["is_measured"], messages["raw_row_count"]) == (False, None)


def test_as_of_hides_what_came_later() -> None:
    tables = build(
        session_events=[event(0, "accepted", "A"), event(100, "closed", "A")],
        messages=[said(5, "u"), said(50, "A"), said(150, "A")],
    )
    result = compute(tables, as_of=at(60))
    assert not result["fct_sessions"][0]["is_closed"]
    assert only(result["feed_quality"], table_name="raw_messages")["raw_row_count"] == 2
    assert not result["quarantined_rows"]


# --- what always holds ----------------------------------------------------------------------

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
    for stint in result["fct_agent_sessions"]:
        if stint["is_digital"] and not stint["customer_message_count"]:
            without_customer_message[stint["agent_id"], stint["date_day"]] += 1
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
        for earlier, later in zip(rows, rows[1:]):
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
        if row["company_id"] and row["time_zone"] not in ("Mars/Olympus", "+02:00"):
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
