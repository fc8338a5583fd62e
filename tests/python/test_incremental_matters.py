"""A customer's return, a window that ends, a bot's part, a survey's answer, on earlier builds."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from batches import deliver
from contents import assert_same, contents, query
from nasty import Record, Tables


def at(day: float) -> str:
    """So many days after the beginning of 2 March."""
    return (datetime(2026, 3, 2) + timedelta(days=day)).isoformat() + "Z"


def session(session_id: str, day: float, customer: str | None = "zoe", **others: str) -> Record:
    return {
        "session_id": session_id, "company_id": "c", "customer_id": customer,
        "started_at": at(day), **others,
    }


def event(session_id: str, day: float, kind: str, **others: str) -> Record:
    return {
        "event_id": f"{session_id} {day} {kind}", "session_id": session_id, "occurred_at": at(day),
        "event_type": kind, **others,
    }


STORY: list[tuple[str, Tables]] = [
    ("three closes, one with a bot before, one with a bot that goes on, a survey that was sent", {
        "raw_sessions": [
            session("s1", 0), session("s2", 1), session("s3", 1.1, "yan"), session("s4", 1.2, "xu"),
        ],
        "raw_session_events": [
            event("s1", 0.01, "accepted", agent_id="ann"), event("s1", 0.02, "closed"),
            event("s2", 1, "bot_started"), event("s2", 1.01, "bot_ended", outcome="resolved"),
            event("s2", 1.02, "closed"),
            event("s3", 1.11, "queued"), event("s3", 1.12, "closed", actor_type="customer"),
            event("s4", 1.2, "bot_started"),
        ],
        "raw_survey_requests": [
            {"request_id": "r1", "session_id": "s1", "agent_id": "ann", "sent_at": at(0.03)},
        ],
        "raw_evaluations": [
            {"evaluation_id": "v1", "session_id": "s1", "score": "4", "submitted_at": at(0.04)},
        ],
    }),
    ("hours later: the bot's day is over, and it still has the fourth", {
        "raw_sessions": [session("s5", 2.5, "wu")],
        "raw_session_events": [event("s5", 2.5, "queued")],
    }),
    ("the second customer comes back within a week, with an answer on another scale", {
        "raw_sessions": [session("s6", 5, "yan", ingested_at=at(6))],
        "raw_session_events": [event("s6", 5.1, "accepted", agent_id="ann")],
        "raw_evaluations": [
            {"evaluation_id": "v2", "session_id": "s1", "score": "9", "kind": "csat",
             "scale_min": "0", "scale_max": "10", "request_id": "r1", "submitted_at": at(5.2)},
        ],
    }),
    ("the window of the first three ends", {
        "raw_sessions": [session("s7", 9, "vi")],
        "raw_session_events": [event("s7", 9, "queued"), event("s7", 9.1, "abandoned")],
    }),
    ("a late session in between, a handover, a transfer of it", {
        "raw_sessions": [session("s8", 0.5)],
        "raw_session_events": [
            event("s8", 0.51, "accepted", agent_id="bob"),
            event("s8", 0.52, "transferred", agent_id="bob", to_agent_id="ann"),
            event("s8", 0.53, "accepted", agent_id="ann"),
            event("s4", 9.2, "bot_ended", outcome="handed_off"), event("s4", 9.3, "queued"),
        ],
    }),
    ("the session that came back was somebody else's; the late one is reopened", {
        "raw_sessions": [session("s6", 5, "wu", ingested_at=at(20))],
        "raw_session_events": [event("s2", 9.4, "reopened"), event("s8", 9.5, "closed")],
    }),
]

RETURNS = """
    select session_id, next_session_id, is_matured, is_repeated from marts.fct_resolutions
    order by session_id
"""


def test_returns_on_earlier_builds(tmp_path: Path, build_warehouse) -> None:
    """After each chapter the returns are those told here; at the end all is as one build has it."""
    chapters = [tables for _, tables in STORY]
    told = []
    for number in range(len(STORY)):
        data = deliver("new files", tmp_path / "late", number, chapters)
        warehouse = build_warehouse(tmp_path, data_dir=data, onto=True)
        told.append(query(warehouse, RETURNS))
        if number == 1:
            touched = query(warehouse, "select session_id from touched.touched_resolutions")
            assert sorted(touched) == [("s4",), ("s5",)]
    settled = [("s1", "s2", True, True), ("s2", None, True, False), ("s3", "s6", True, True)]
    assert told[0] == told[1] == [
        ("s1", "s2", False, None), ("s2", None, False, None), ("s3", None, False, None),
    ]
    assert told[2] == [
        ("s1", "s2", False, None), ("s2", None, False, None), ("s3", "s6", False, None),
    ]
    assert told[3] == settled
    assert told[4] == [("s1", "s8", True, True), *settled[1:]]
    assert told[5] == [
        ("s1", "s8", True, True), ("s3", None, True, False), ("s8", None, False, None),
    ]
    once = tmp_path / "once"
    once.mkdir()
    whole = deliver("grown files", once, len(STORY) - 1, chapters)
    assert_same(contents(warehouse), contents(build_warehouse(once, data_dir=whole)))


def test_a_return_moves_no_other_day(tmp_path: Path, build_warehouse) -> None:
    """A customer's new session moves the days of that customer's closes within the window alone."""
    customers = [f"k{number}" for number in range(6)]
    first: Tables = {
        "raw_sessions": [
            session(f"a{number}", number, customer) for number, customer in enumerate(customers)
        ],
        "raw_session_events": [
            event(f"a{number}", number + 0.1, "closed") for number in range(6)
        ],
    }
    second: Tables = {"raw_sessions": [session("b", 5.05, "k3")]}
    for number in range(2):
        data = deliver("new files", tmp_path / "late", number, [first, second])
        warehouse = build_warehouse(tmp_path, data_dir=data, onto=True)
    assert query(warehouse, "select session_id from rebuilt.fct_resolutions") == [("a3",)]
    days = "select date_day::varchar from rebuilt.resolution_metrics_daily"
    assert query(warehouse, days) == [("2026-03-05",)]
