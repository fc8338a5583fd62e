"""Agents' presence and local days in the reference computation, worked out by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from cases import at, build, utc
from reference import compute, day_end, day_of, day_start


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
