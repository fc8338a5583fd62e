"""The backlog on an earlier build: the days on which sessions lie otherwise, and no others."""

from __future__ import annotations

from pathlib import Path

from contents import assert_same, contents, query
from nasty import Record, Tables, write_tables

FIRST_DAY = 2


def at(day: int, hour: int = 10) -> str:
    return f"2026-03-{day:02d}T{hour:02d}:00:00Z"


def session(session_id: str, day: int) -> Record:
    return {"session_id": session_id, "company_id": "c", "started_at": at(day)}


def event(session_id: str, kind: str, day: int, hour: int = 10, **others: str) -> Record:
    return {
        "event_id": f"{session_id}-{kind}-{day}-{hour}", "session_id": session_id,
        "event_type": kind, "occurred_at": at(day, hour), **others,
    }


def message(session_id: str, day: int, sender_type: str = "customer") -> Record:
    return {
        "message_id": f"{session_id}-{day}", "session_id": session_id, "sent_at": at(day, 12),
        "sender_type": sender_type,
    }


# Sessions that lie open since the 2nd; the last one is of the 29th, with which the data end.
HISTORY: Tables = {
    "raw_sessions": [
        *[session(name, FIRST_DAY) for name in "abcdef"], session("last", 29),
    ],
    "raw_session_events": [
        *[event(name, "queued", FIRST_DAY, skill_id="help") for name in "abcdef"],
        event("last", "closed", 29, 18),
    ],
    "raw_messages": [message("d", 3)],
    "raw_evaluations": [],
}
# What comes late, all of it in one build, and the days whose backlog is made anew.
LATE: list[tuple[str, Tables, list[int]]] = [
    ("a close", {"raw_session_events": [event("a", "closed", 26)]}, [26, 27, 28, 29]),
    ("a move and the way back", {
        "raw_session_events": [
            event("b", "queued", 20, skill_id="sales"), event("b", "queued", 22, skill_id="help"),
        ],
    }, [20, 21, 22]),
    ("a question, and its answer on another day", {
        "raw_messages": [message("c", 16), message("c", 18, "agent")],
    }, [16, 17]),
    ("a further question in a long matter", {"raw_messages": [message("d", 13)]}, []),
    ("an evaluation", {
        "raw_evaluations": [
            {"evaluation_id": "v", "session_id": "e", "score": "5", "submitted_at": at(12)},
        ],
    }, []),
    ("a session that comes to light", {
        "raw_sessions": [session("g", 6)], "raw_session_events": [event("g", "closed", 8)],
    }, [6, 7, 8]),
]


def touched_days(warehouse: Path) -> list[int]:
    rows = query(warehouse, "select day(date_day) from touched.touched_backlog_days order by 1")
    return [day for day, in rows]


def test_only_days_that_differ_are_made_anew(tmp_path: Path, build_warehouse) -> None:
    """And then a day that begins, and what expires as the data go on: nothing happens to them."""
    late: Tables = {}
    for _, tables, _ in LATE:
        for table, rows in tables.items():
            late.setdefault(table, []).extend(rows)
    # Silent since 2 March, 10:00, are e and f; 90 days later is 31 May, 10:00, which is over.
    more: Tables = {
        "raw_sessions": [{**session("next", 2), "started_at": "2026-06-01T09:00:00Z"}],
    }
    batches = [HISTORY, late, more]
    found = []
    for number, batch in enumerate(batches):
        write_tables(batch, tmp_path / f"batch-{number}")
        warehouse = build_warehouse(tmp_path, data_dir=tmp_path / f"batch-{number}", onto=True)
        found.append(touched_days(warehouse))
    assert found[1] == sorted({day for _, _, days in LATE for day in days})
    newest = query(warehouse, """
        select date_day::varchar, skill_id, open_at_start_count, started_count, expired_count,
            open_at_end_count
        from marts.backlog_daily where date_day >= date '2026-05-30' order by all
    """)
    assert newest == [
        ("2026-05-30", "help", 5, 0, 0, 5),
        ("2026-05-31", "help", 5, 0, 2, 3),
        ("2026-06-01", "help", 3, 0, 0, 3),
        ("2026-06-01", None, 0, 1, 0, 1),
    ]
    assert query(warehouse, """
        select count(*), min(date_day)::varchar from touched.touched_backlog_days
    """) == [(1 + 2 + 30 + 31 + 1, "2026-03-29")]

    whole: Tables = {}
    for batch in batches:
        for table, rows in batch.items():
            whole.setdefault(table, []).extend(rows)
    write_tables(whole, tmp_path / "whole")
    (tmp_path / "once").mkdir()
    once = build_warehouse(tmp_path / "once", data_dir=tmp_path / "whole")
    assert_same(
        {"backlog_daily": contents(warehouse)["backlog_daily"]},
        {"backlog_daily": contents(once)["backlog_daily"]},
    )
