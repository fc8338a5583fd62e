"""Newer versions that take away what the warehouse holds: an agent, days, a company's zone."""

from __future__ import annotations

from pathlib import Path

from contents import assert_same, contents
from nasty import Record, Tables, write_tables

FIRST = {"ingested_at": "2026-06-12T00:00:00Z"}
NEWER = {"ingested_at": "2026-06-13T00:00:00Z"}


def session(session_id: str, day: str, **others: str) -> Record:
    return {
        "session_id": session_id, "company_id": "c", "started_at": f"{day}T10:00:00Z", **others,
    }


def event(session_id: str, kind: str, day: str, minute: int, **others: str) -> Record:
    return {
        "event_id": f"{session_id}-{kind}", "session_id": session_id, "event_type": kind,
        "occurred_at": f"{day}T10:{minute:02d}:00Z", **others,
    }


def year_of_a_session(day: str, landing: Record) -> Tables:
    """One that stays open, so that it lies in the backlog."""
    return {
        "raw_sessions": [session("early", day, **landing)],
        "raw_session_events": [
            event("early", "accepted", day, 1, agent_id="ann", **landing),
            event("early", "released", day, 31, agent_id="ann", **landing),
        ],
    }


def agent_of_a_session(agent_id: str, landing: Record) -> Tables:
    return {
        "raw_session_events": [
            event("whose", "accepted", "2026-03-04", 1, agent_id=agent_id, **landing)
        ],
    }


def end_of_the_data(day: str, landing: Record) -> Tables:
    return {
        "raw_evaluations": [{
            "evaluation_id": "v", "session_id": "last", "score": "5",
            "submitted_at": f"{day}T20:00:00Z", **landing,
        }],
    }


def zone(name: str, landing: Record) -> Tables:
    return {"raw_companies": [{"company_id": "z", "time_zone": name, **landing}]}


# Of "gone" nothing happens for 90 days after 20:00 of the 2nd of March: in Tokyo, and only there,
# that is the 1st of June. The contact of "long" never ends.
WHAT_IS_SO: Tables = {
    "raw_sessions": [
        session("long", "2026-03-03"), session("whose", "2026-03-04"),
        session("last", "2026-06-03"),
        {**session("gone", "2026-03-02", company_id="z"), "started_at": "2026-03-02T20:00:00Z"},
    ],
    "raw_session_events": [
        event("long", "accepted", "2026-03-03", 1, agent_id="bob"),
        event("whose", "closed", "2026-03-05", 31),
    ],
}


def together(*parts: Tables) -> Tables:
    found: Tables = {}
    for part in parts:
        for table, rows in part.items():
            found.setdefault(table, []).extend(rows)
    return found


def test_what_newer_versions_take_away(tmp_path: Path, build_warehouse) -> None:
    said = together(
        WHAT_IS_SO, year_of_a_session("2025-03-02", FIRST), agent_of_a_session("anm", FIRST),
        end_of_the_data("2026-06-13", FIRST), zone("Asia/Tokyo", FIRST),
    )
    is_so = together(
        year_of_a_session("2026-03-02", NEWER), agent_of_a_session("ann", NEWER),
        end_of_the_data("2026-06-03", NEWER), zone("America/New_York", NEWER),
    )
    for number, batch in enumerate((said, is_so)):
        write_tables(batch, tmp_path / f"batch-{number}")
        warehouse = build_warehouse(tmp_path, data_dir=tmp_path / f"batch-{number}", onto=True)
    write_tables(together(said, is_so), tmp_path / "whole")
    (tmp_path / "once").mkdir()
    once = build_warehouse(tmp_path / "once", data_dir=tmp_path / "whole")
    assert_same(contents(warehouse), contents(once))
