"""Business hours and promises in the reference computation, worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from cases import build, only
from reference import compute


def berlin(month: int, day: int, clock: str) -> str:
    """An instant of 2026 by the clock on a wall in Berlin."""
    offset = "+02:00" if (month, day) >= (3, 29) else "+01:00"
    return f"2026-{month:02d}-{day:02d}T{clock}:00{offset}"


def hours(opens_at: str, closes_at: str, days: range, **more: Any) -> list[dict]:
    return [
        {
            "calendar_id": "b", "iso_day_of_week": str(day), "opens_at": opens_at,
            "closes_at": closes_at, "valid_from": "2020-01-01", **more,
        }
        for day in days
    ]


def with_calendar(tables: dict, weekly: list[dict], zone: str, *closed: str) -> dict:
    return {
        **tables,
        "raw_calendars": [{"calendar_id": "b", "time_zone": zone}],
        "raw_calendar_hours": weekly,
        "raw_calendar_exceptions": [
            {"calendar_id": "b", "date": day, "opens_at": "00:00", "closes_at": "00:00"}
            for day in closed
        ],
        "raw_calendar_assignments": [
            {"subject": "company", "subject_id": "default", "calendar_id": "b",
             "valid_from": "2020-01-01T00:00:00Z"},
        ],
    }


OFFICE = hours("09:00", "17:00", range(1, 6))
EASTER = ("2026-04-03", "2026-04-06")


def resolution(start: str, end: str, weekly: list[dict], *closed: str) -> tuple:
    """Wall and business seconds of a session from an instant to another."""
    tables = build(session_events=[(0, {"event_type": "closed", "occurred_at": end})])
    tables["raw_sessions"][0]["started_at"] = start
    row = compute(with_calendar(tables, weekly, "Europe/Berlin", *closed))["fct_sessions"][0]
    return row["resolution_seconds"], row["business_resolution_seconds"]


def test_easter_in_berlin() -> None:
    ends = (berlin(4, 2, "16:30"), berlin(4, 7, "09:20"))
    assert resolution(*ends, OFFICE, *EASTER) == (406_200, 3_000)
    assert resolution(*ends, OFFICE) == (406_200, 60_600)


def test_a_day_of_23_hours_open_all_day() -> None:
    ends = ("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")
    always = hours("00:00", "24:00", range(1, 8))
    assert resolution(*ends, always) == (82_800, 82_800)


def spans(weekly: list[dict], zone: str, first: str, *closed: str, days: int = 2) -> list[tuple]:
    tables = build(session_events=[])
    tables["raw_sessions"][0]["started_at"] = first
    found = compute(
        with_calendar(tables, weekly, zone, *closed), calendar_horizon_days=days
    )["open_spans"]
    return [
        tuple(f"{row[side]:%d %H:%M}" for side in ("opened_at", "closed_at")) for row in found
    ]


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "zone", "first", "expected"),
    [
        # Sunday 29 March 2026: 02:00 to 03:00 never come in Berlin.
        ("02:30", "05:00", "Europe/Berlin", "2026-03-29T12:00:00Z", [("29 01:00", "29 03:00")]),
        ("01:00", "02:30", "Europe/Berlin", "2026-03-29T12:00:00Z", [("29 00:00", "29 01:00")]),
        ("02:15", "02:45", "Europe/Berlin", "2026-03-29T12:00:00Z", []),
        # Sunday 25 October 2026: 02:00 to 03:00 come twice.
        ("02:15", "02:45", "Europe/Berlin", "2026-10-25T12:00:00Z", [("25 00:15", "25 01:45")]),
        ("22:00", "02:30", "Europe/Berlin", "2026-10-25T12:00:00Z", [("25 21:00", "26 01:30")]),
        # Sunday 1 November 2026 in Havana: midnight comes twice.
        ("00:00", "01:00", "America/Havana", "2026-11-01T12:00:00Z", [("01 04:00", "01 06:00")]),
        # Sunday 8 March 2026 in Havana: midnight never comes.
        ("00:00", "02:00", "America/Havana", "2026-03-08T12:00:00Z", [("08 05:00", "08 06:00")]),
        ("12:00", "24:00", "Europe/Berlin", "2026-03-29T12:00:00Z", [("29 10:00", "29 22:00")]),
        ("12:00", "00:00", "Europe/Berlin", "2026-03-29T12:00:00Z", [("29 10:00", "29 22:00")]),
        ("00:00", "00:00", "Europe/Berlin", "2026-03-29T12:00:00Z", []),
    ],
)
def test_spans_of_one_day(
    opens_at: str, closes_at: str, zone: str, first: str, expected: list[tuple]
) -> None:
    sunday = hours(opens_at, closes_at, range(7, 8))
    assert spans(sunday, zone, first) == expected


def test_the_night_before_runs_into_the_first_day() -> None:
    nights = hours("22:00", "06:00", range(1, 8))
    assert spans(nights, "UTC", "2026-03-05T12:00:00Z", days=1) == [
        ("05 00:00", "05 06:00"), ("05 22:00", "06 06:00"),
    ]


def test_what_touches_is_one_and_a_later_row_replaces() -> None:
    weekly = [
        *hours("09:00", "12:00", range(4, 5)),
        *hours("12:00", "15:00", range(4, 5)),
        *hours("12:00", "17:00", range(4, 5), valid_from="2026-03-05", valid_to="2026-03-12"),
    ]
    assert spans(weekly, "UTC", "2026-03-05T12:00:00Z", days=8) == [
        ("05 09:00", "05 17:00"), ("12 09:00", "12 15:00"),
    ]


# --- promises -------------------------------------------------------------------------------


def policy(metric: str, target: int, **more: Any) -> dict:
    return {
        "policy_id": "p", "valid_from": "2020-01-01T00:00:00Z", "metric": metric,
        "target_seconds": str(target), "clock": "calendar", "pauses_when_pending": "true", **more,
    }


def clocks(
    start: str, events: list[tuple], messages: list[tuple], *policies: dict, **options: Any
) -> list[dict]:
    tables = build(
        session_events=[(0, {"event_type": kind, "occurred_at": at, "agent_id": who})
                        for kind, at, who in events],
        messages=[(0, {"sender_type": side, "sent_at": at}) for side, at in messages],
    )
    tables["raw_sessions"][0]["started_at"] = start
    tables["raw_sla_policies"] = list(policies)
    tables = with_calendar(tables, OFFICE, "Europe/Berlin", *EASTER)
    return compute(tables, **options)["fct_sla"]


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (berlin(4, 2, "16:30"), "2026-04-02T14:45:00Z"),
        (berlin(4, 2, "16:45"), "2026-04-02T15:00:00Z"),
        (berlin(4, 2, "16:50"), "2026-04-07T07:05:00Z"),
    ],
)
def test_due_in_business_hours(start: str, due: str) -> None:
    (row,) = clocks(start, [], [], policy("first_response", 900))
    assert row["due_at"] == datetime.fromisoformat(due)
    assert (row["state"], row["running_seconds"]) == ("running", 0)


@pytest.mark.parametrize(
    ("end", "target", "state", "seconds"),
    [
        (("agent", berlin(4, 2, "10:05")), 300, "met", 300),
        (("agent", berlin(4, 2, "10:05")), 299, "breached", 300),
        (("closed", berlin(4, 2, "10:05")), 300, "cancelled", 300),
        (("closed", berlin(4, 2, "10:05")), 299, "breached", 300),
        (("system", berlin(4, 2, "10:05")), 300, "running", 300),
        (("system", berlin(4, 2, "10:05")), 299, "breached", 300),
    ],
)
def test_states(end: tuple[str, str], target: int, state: str, seconds: float) -> None:
    kind, at = end
    events = [("closed", at, None)] if kind == "closed" else []
    messages = [] if kind == "closed" else [(kind, at)]
    (row,) = clocks(
        berlin(4, 2, "10:00"), events, messages, policy("first_response", target)
    )
    assert (row["state"], row["running_seconds"]) == (state, seconds)
    assert (row["stopped_at"] is not None) == (kind == "agent")


def test_a_pending_moves_the_due_time_and_the_customer_ends_it() -> None:
    (row,) = clocks(
        berlin(4, 2, "10:00"),
        [
            ("accepted", berlin(4, 2, "10:00"), "A"),
            ("pended", berlin(4, 2, "10:05"), None),
            ("pended", berlin(4, 2, "10:06"), None),
            ("unpended", berlin(4, 2, "10:20"), None),
            ("closed", berlin(4, 2, "10:30"), "A"),
        ],
        [("customer", berlin(4, 2, "10:10"))],
        policy("resolution", 1800),
    )
    assert (row["running_seconds"], row["pending_seconds"]) == (1500, 300)
    assert row["due_at"] == datetime(2026, 4, 2, 8, 35, tzinfo=UTC)
    assert row["state"] == "met"


def test_next_responses_are_counted_from_the_first_answer_on() -> None:
    rows = clocks(
        berlin(4, 2, "10:00"),
        [("accepted", berlin(4, 2, "10:00"), "A")],
        [
            ("customer", berlin(4, 2, "10:00")), ("agent", berlin(4, 2, "10:01")),
            ("customer", berlin(4, 2, "10:02")), ("customer", berlin(4, 2, "10:03")),
            ("agent", berlin(4, 2, "10:05")), ("customer", berlin(4, 2, "10:06")),
        ],
        policy("next_response", 100, clock="always"),
        as_of=berlin(4, 2, "10:07"),
    )
    assert [
        (row["clock_number"], row["running_seconds"], row["state"]) for row in rows
    ] == [(1, 180, "breached"), (2, 60, "running")]


def test_the_policy_that_says_most_and_then_the_lowest_id() -> None:
    rows = clocks(
        berlin(4, 2, "10:00"), [], [],
        policy("first_response", 10, policy_id="a"),
        policy("first_response", 20, policy_id="c", company_id="default"),
        policy("first_response", 30, policy_id="b", company_id="default"),
        policy("first_response", 40, policy_id="b", company_id="default",
               valid_from="2026-01-01T00:00:00Z"),
        policy("first_response", 50, policy_id="a", priority="high", skill_id="x"),
        policy("resolution", 60, policy_id="0", company_id="default"),
    )
    assert only(rows, metric="first_response")["target_seconds"] == 40


@pytest.mark.parametrize(
    ("events", "start"),
    [
        ([("bot_started", "10:00"), ("bot_ended", "10:02"), ("queued", "10:03")], "10:03"),
        ([("queued", "10:01"), ("bot_started", "10:02")], None),
        ([("accepted", "10:01"), ("bot_started", "10:02")], "10:00"),
        ([("bot_started", "10:00"), ("closed", "10:02"), ("queued", "10:03")], None),
    ],
)
def test_with_a_bot_the_clock_starts_at_its_hand_off(
    events: list[tuple], start: str | None
) -> None:
    rows = clocks(
        berlin(4, 2, "10:00"),
        [(kind, berlin(4, 2, clock), "A" if kind == "accepted" else None)
         for kind, clock in events],
        [], policy("first_response", 60),
    )
    expected = [] if start is None else [datetime.fromisoformat(berlin(4, 2, start))]
    assert [row["started_at"] for row in rows] == expected
