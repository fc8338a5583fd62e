"""The data of the folder ODD: how its bad rows are judged, and how its names are shown."""

from __future__ import annotations

from pathlib import Path

from contents import query
from reports import Tables

from contact_center import report

# table -> rows that count, duplicates, rows in quarantine; of others every row counts.
JUDGED = {
    "raw_agent_events": (3883, 1, 8), "raw_agents": (12, 0, 3), "raw_evaluations": (216, 1, 13),
    "raw_focus_events": (1553, 1, 10), "raw_messages": (11089, 1, 12),
    "raw_session_events": (4287, 1, 16), "raw_sessions": (600, 1, 7),
    "raw_survey_requests": (502, 1, 9), "raw_tag_events": (245, 1, 9),
}


def test_rows_are_judged_as_ever(odd_warehouse: Path) -> None:
    """A rule that reads a column otherwise shows here, though every figure still adds up."""
    found = query(odd_warehouse, """
        select table_name, accepted_row_count, duplicate_row_count, quarantined_row_count
        from marts.feed_quality where duplicate_row_count + quarantined_row_count > 0
    """)
    assert {table: tuple(counts) for table, *counts in found} == JUDGED
    assert query(odd_warehouse, """
        select table_name, accepted_row_count from marts.feed_quality
        where duplicate_row_count + quarantined_row_count = 0 order by 1
    """) == [
        ("raw_agent_teams", 15), ("raw_calendar_assignments", 6), ("raw_calendar_exceptions", 5),
        ("raw_calendar_hours", 36), ("raw_calendars", 4), ("raw_campaigns", 4),
        ("raw_channels", 5), ("raw_companies", 3), ("raw_measured_events", 5),
        ("raw_skill_targets", 7), ("raw_skills", 6), ("raw_sla_policies", 11), ("raw_teams", 7),
    ]


def test_a_report_shows_odd_names_as_they_are(odd_warehouse: Path, tmp_path: Path) -> None:
    """Quotes and signs are text of the page, never its markup."""
    output = tmp_path / "odd.html"
    assert report.main(["--warehouse", str(odd_warehouse), "--output", str(output)]) == 0
    names = {name for name, *_ in Tables(output.read_text()).rows["section-agents"]}
    assert {"=Ops Bot", 'Pat "PJ" O\'Neil', "Schröder, Jörg", "李小龍", "فاطمة الحسن"} <= names
