"""Policies and calendars that come late: the clocks that they are about, and no others."""

from __future__ import annotations

from pathlib import Path

from contents import assert_same, contents, query
from nasty import Record, Tables, write_tables

ALL_WEEK = range(1, 8)


def session(session_id: str, day: int, **others: str) -> Record:
    return {
        "session_id": session_id, "company_id": "c", "started_at": f"2026-03-{day:02d}T10:00:00Z",
        **others,
    }


def closed(session_id: str, day: int) -> Record:
    return {
        "event_id": f"{session_id}-closed", "session_id": session_id, "event_type": "closed",
        "occurred_at": f"2026-03-{day:02d}T11:00:00Z",
    }


def policy(policy_id: str, valid_from: str, seconds: int, **others: str) -> Record:
    return {
        "policy_id": policy_id, "valid_from": valid_from, "metric": "resolution",
        "target_seconds": str(seconds), "clock": "always", "ingested_at": "2026-03-01T00:00:00Z",
        **others,
    }


HISTORY: Tables = {
    "raw_sessions": [
        session("old", 2), session("high", 4, priority="high"), session("normal", 4),
        session("open", 5), session("last", 9),
    ],
    "raw_session_events": [
        closed("old", 2), closed("high", 4), closed("normal", 4), closed("last", 9),
    ],
    "raw_sla_policies": [
        policy("all", "2026-01-01", 7200),
        policy("hours", "2026-03-09", 1800, clock="calendar"),
    ],
    "raw_calendars": [{"calendar_id": "office", "time_zone": "UTC"}],
    "raw_calendar_hours": [
        {"calendar_id": "office", "iso_day_of_week": str(day), "opens_at": "09:00",
         "closes_at": "17:00", "valid_from": "2020-01-01"}
        for day in ALL_WEEK
    ],
    "raw_calendar_exceptions": [],
    "raw_calendar_assignments": [
        {"subject": "company", "subject_id": "c", "calendar_id": "office",
         "valid_from": "2026-03-08T00:00:00Z"},
    ],
}
# What comes late, and the sessions whose clocks are made anew.
LATE: list[tuple[Tables, set[str]]] = [
    ({"raw_sla_policies": [policy("gold", "2026-03-03", 1800, priority="high")]}, {"high"}),
    ({"raw_sla_policies": [
        {**policy("all", "2026-01-01", 1200, valid_to="2026-03-03"),
         "ingested_at": "2026-04-01T00:00:00Z"},
    ]}, {"old", "high", "normal", "open", "last"}),
    ({"raw_calendar_exceptions": [
        {"calendar_id": "office", "date": "2026-03-09", "opens_at": "10:30", "closes_at": "17:00"},
    ]}, {"last"}),
]


def test_clocks_follow_what_is_promised(tmp_path: Path, build_warehouse) -> None:
    batches = [HISTORY, *[tables for tables, _ in LATE]]
    whole: Tables = {}
    for number, batch in enumerate(batches):
        for table, rows in batch.items():
            whole.setdefault(table, []).extend(rows)
        write_tables(batch, tmp_path / f"batch-{number}")
        warehouse = build_warehouse(tmp_path, data_dir=tmp_path / f"batch-{number}", onto=True)
        if number:
            touched = query(warehouse, "select distinct session_id from touched.touched_sessions")
            assert {session_id for session_id, in touched} == LATE[number - 1][1]
    states = query(warehouse, """
        select session_id, policy_id, state, running_seconds from marts.fct_sla order by all
    """)
    assert states == [
        ("high", "gold", "breached", 3600), ("last", "hours", "met", 1800),
        ("old", "all", "breached", 3600),
    ]
    write_tables(whole, tmp_path / "whole")
    (tmp_path / "once").mkdir()
    once = build_warehouse(tmp_path / "once", data_dir=tmp_path / "whole")
    found, expected = contents(warehouse), contents(once)
    relations = ("fct_sla", "sla_metrics_daily")
    assert_same({name: found[name] for name in relations}, {n: expected[n] for n in relations})
