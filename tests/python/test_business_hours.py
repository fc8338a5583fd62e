"""Business hours of calls and chats worked out by hand, and what a changed calendar touches."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from contents import assert_same, contents, made_once, query

Build = Callable[..., Path]
Rows = list[dict[str, str]]

WEEKDAYS = range(1, 6)
EVERY_DAY = range(1, 8)


def hours(calendar_id: str, days: range, opens_at: str, closes_at: str) -> Rows:
    return [
        {"calendar_id": calendar_id, "iso_day_of_week": str(day), "opens_at": opens_at,
         "closes_at": closes_at, "valid_from": "2026-01-01"}
        for day in days
    ]


def closed(calendar_id: str, date: str) -> dict[str, str]:
    return {"calendar_id": calendar_id, "date": date, "opens_at": "00:00", "closes_at": "00:00"}


def assigned(subject: str, subject_id: str, calendar_id: str, **more: str) -> dict[str, str]:
    return {"subject": subject, "subject_id": subject_id, "calendar_id": calendar_id,
            "valid_from": "2026-01-01T00:00:00Z", **more}


# Of each session: company, skill, and when (UTC) it was queued, accepted, answered and closed.
SESSIONS = {
    # Thursday 2 April 16:30 to Tuesday 7 April 09:20 in Berlin: the example of the definitions.
    "easter": ("acme", "holidays", "2026-04-02T14:30", "2026-04-07T07:20", "2026-04-07T07:30"),
    "no holidays": ("acme", "plain", "2026-04-02T14:30", "2026-04-07T07:20", "2026-04-07T07:30"),
    # All of 29 March in Berlin, which has 23 hours.
    "spring": ("acme", "day and night", "2026-03-28T23:00", "2026-03-29T22:00", "2026-03-29T23:00"),
    "always": ("always", None, "2026-04-04T01:02:03.000004", "2026-04-05T02:00",
               "2026-04-06T03:00"),
    # Berlin, 23:00 on Friday to 07:00 on Sunday: open from 22:00 to 06:00 each night.
    "night": ("acme", "night", "2026-04-10T21:00", "2026-04-12T05:00", "2026-04-12T05:30"),
    "nobody's": ("other", None, "2026-04-04T01:00", "2026-04-05T02:00", "2026-04-06T03:00"),
    "unknown": ("acme", "unknown", "2026-04-04T01:00", "2026-04-05T02:00", "2026-04-06T03:00"),
    "at once": ("acme", "holidays", "", "2026-04-02T08:00", "2026-04-02T09:00"),
}


def events(session_id: str) -> Rows:
    _, skill_id, queued_at, accepted_at, closed_at = SESSIONS[session_id]
    steps = [
        ("queued", queued_at, {"skill_id": skill_id}),
        ("accepted", accepted_at, {"agent_id": "ann", "skill_id": skill_id}),
        ("closed", closed_at, {"agent_id": "ann", "actor_type": "agent"}),
    ]
    return [
        {"event_id": f"{session_id} {kind}", "session_id": session_id, "event_type": kind,
         "occurred_at": f"{instant}Z", **more}
        for kind, instant, more in steps if instant
    ]


def messages(session_id: str) -> Rows:
    """Asked as it begins, and answered 10 s after the acceptance."""
    *_, queued_at, accepted_at, _ = SESSIONS[session_id]
    said = [("customer", queued_at or accepted_at), ("agent", accepted_at)]
    return [
        {"message_id": f"{session_id} {side}", "session_id": session_id, "sender_type": side,
         "sent_at": f"{instant if side == 'customer' else instant + ':10'}Z"}
        for side, instant in said
    ]


TABLES: dict[str, Rows] = {
    "raw_sessions": [
        {"session_id": session_id, "company_id": company_id, "channel_id": "chat",
         "started_at": f"{queued_at or accepted_at}Z"}
        for session_id, (company_id, _, queued_at, accepted_at, _) in SESSIONS.items()
    ],
    "raw_session_events": [row for session_id in SESSIONS for row in events(session_id)],
    "raw_messages": [row for session_id in SESSIONS for row in messages(session_id)],
    "raw_companies": [{"company_id": "acme", "time_zone": "Europe/Berlin"}],
    "raw_calendars": [
        {"calendar_id": name, "time_zone": "Europe/Berlin"}
        for name in ("holidays", "plain", "day and night", "night")
    ] + [{"calendar_id": "always"}],
    "raw_calendar_hours": [
        *hours("holidays", WEEKDAYS, "09:00", "17:00"), *hours("plain", WEEKDAYS, "09:00", "17:00"),
        *hours("day and night", EVERY_DAY, "00:00", "24:00"),
        *hours("always", EVERY_DAY, "00:00", "24:00"), *hours("night", EVERY_DAY, "22:00", "06:00"),
    ],
    "raw_calendar_exceptions": [closed("holidays", "2026-04-03"), closed("holidays", "2026-04-06")],
    "raw_calendar_assignments": [
        *(assigned("skill", name, name)
          for name in ("holidays", "plain", "day and night", "night", "unknown")),
        assigned("company", "acme", "always"), assigned("company", "always", "always"),
    ],
}


def write(tables: dict[str, Rows], folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory, build_warehouse: Build) -> Path:
    def make(folder: Path) -> Path:
        return build_warehouse(folder, data_dir=write(TABLES, folder / "data"))

    return made_once(tmp_path_factory, "business hours", make)


@pytest.mark.parametrize(
    ("session_id", "plain", "business"),
    [
        ("easter", 406_200, 3_000),
        ("no holidays", 406_200, 60_600),
        ("spring", 82_800, 82_800),
        ("always", 89_876.999996, 89_876.999996),
        # One hour is left of Friday's night, Saturday's is whole, and each ends at 06:00.
        ("night", 115_200, 7 * 3600 + 8 * 3600),
        ("nobody's", 90_000, None),
        ("unknown", 90_000, None),
    ],
)
def test_waits(session_id: str, plain: float, business: float | None, warehouse: Path) -> None:
    rows = query(warehouse, f"""
        select queue_seconds, business_queue_seconds from marts.fct_queue_legs
        where session_id = '{session_id.replace("'", "''")}'
    """)
    assert rows == [(plain, business)]


def test_responses_and_resolutions(warehouse: Path) -> None:
    """A response begins with the acceptance, where that is later than the question."""
    assert query(warehouse, """
        select
            session_id, is_outside_hours, business_queue_seconds, business_first_response_seconds,
            business_response_count, business_response_seconds, business_resolution_seconds
        from marts.fct_sessions
        order by session_id
    """) == [
        ("always", False, 89_876.999996, 10, 1, 10, 179_876.999996),
        ("at once", False, 0, 10, 1, 10, 3_600),
        ("easter", False, 3_000, 10, 1, 10, 3_600),
        ("night", False, 54_000, 0, 1, 0, 54_000),
        ("no holidays", False, 60_600, 10, 1, 10, 61_200),
        ("nobody's", None, None, None, 0, None, None),
        ("spring", False, 82_800, 10, 1, 10, 86_400),
        ("unknown", None, None, None, 0, None, None),
    ]


def test_marts_sum_what_is_known(warehouse: Path) -> None:
    assert query(warehouse, """
        select company_id, business_queue_session_count, business_queue_seconds,
            business_response_count, outside_hours_session_count
        from marts.session_analysis_aggregated order by company_id
    """) == [("acme", 5, 200_400, 5, 0), ("always", 1, 89_876.999996, 1, 0), ("other", 0, 0, 0, 0)]
    assert query(warehouse, """
        select skill_id, business_queue_leg_count, avg_business_queue_seconds
        from marts.queue_metrics('2026-04-01', '2026-04-03') order by skill_id
    """) == [("holidays", 1, 3_000), ("plain", 1, 60_600)]
    assert query(warehouse, """
        select skill_id, business_first_response_count, business_resolution_seconds
        from marts.digital_metrics_aggregated where company_id = 'acme' order by skill_id
    """) == [
        ("day and night", 1, 86_400), ("holidays", 2, 7_200), ("night", 1, 54_000),
        ("plain", 1, 61_200), ("unknown", 0, 0),
    ]


def rebuilt_sessions(warehouse: Path) -> set[str]:
    return {session_id for (session_id,) in query(
        warehouse, "select session_id from rebuilt.session_facts"
    )}


# One after the other: what comes, and the sessions that it concerns.
CHANGES: dict[str, tuple[dict[str, Rows], set[str]]] = {
    # The Thursday closes at 16:45 instead: it concerns who waited then, in no other calendar.
    "holiday": ({"raw_calendar_exceptions": [
        {"calendar_id": "holidays", "date": "2026-04-02", "opens_at": "09:00",
         "closes_at": "16:45"}]}, {"easter", "at once"}),
    # A day on which nobody came, and one of next year.
    "other days": ({"raw_calendar_exceptions": [
        closed("holidays", "2026-04-20"), closed("plain", "2027-01-01")]}, set()),
    "hours": ({"raw_calendar_hours": [
        {"calendar_id": "plain", "iso_day_of_week": "2", "opens_at": "08:00",
         "closes_at": "12:00", "valid_from": "2026-04-07"}]}, {"no holidays"}),
    # A new calendar never rewrites the past.
    "later": ({"raw_calendar_assignments": [
        assigned("skill", "plain", "always", valid_from="2026-05-01T00:00:00Z")]}, set()),
    "earlier": ({"raw_calendar_assignments": [
        assigned("skill", "plain", "always", valid_from="2026-04-01T00:00:00Z")]},
        {"no holidays"}),
    "company": ({"raw_calendar_assignments": [assigned("company", "other", "always")]},
                {"nobody's"}),
    # The calendar that an assignment spoke of comes later.
    "calendar": ({"raw_calendars": [{"calendar_id": "unknown"}],
                  "raw_calendar_hours": hours("unknown", EVERY_DAY, "00:00", "24:00")},
                 {"unknown"}),
}


def test_a_change_rebuilds_what_it_touches(
    tmp_path: Path, build_warehouse: Build, warehouse: Path
) -> None:
    """And changes one after the other give what all of them at once give."""
    grown = tmp_path / "grown" / warehouse.name
    grown.parent.mkdir()
    grown.write_bytes(warehouse.read_bytes())
    found = {}
    for name, (change, _) in CHANGES.items():
        data = write(change, tmp_path / name)
        build_warehouse(grown.parent, data_dir=data, onto=True)
        found[name] = rebuilt_sessions(grown)
    assert found == {name: touched for name, (_, touched) in CHANGES.items()}

    changes = [TABLES, *(change for change, _ in CHANGES.values())]
    tables = {name: [row for part in changes for row in part.get(name, [])] for name in TABLES}
    (tmp_path / "once").mkdir()
    once = build_warehouse(tmp_path / "once", data_dir=write(tables, tmp_path / "whole"))
    assert_same(contents(grown), contents(once))


def test_the_first_calendar_touches_who_has_one(tmp_path: Path, build_warehouse: Build) -> None:
    """Tables of calendars that were never there don't make every session anew."""
    calendars = {name: rows for name, rows in TABLES.items() if "calendar" in name}
    others = {name: rows for name, rows in TABLES.items() if name not in calendars}
    build_warehouse(tmp_path, data_dir=write(others, tmp_path / "others"))
    grown = build_warehouse(tmp_path, data_dir=write(calendars, tmp_path / "more"), onto=True)
    assert rebuilt_sessions(grown) == set(SESSIONS) - {"nobody's"}
    (tmp_path / "once").mkdir()
    once = build_warehouse(tmp_path / "once", data_dir=write(TABLES, tmp_path / "both"))
    assert_same(contents(grown), contents(once))
