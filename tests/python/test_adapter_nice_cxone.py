"""The adapter nice_cxone: a small sample with figures worked out by hand, both sources of the same
contacts, and input that isn't what it should be."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from checks import counts_of, said_of
from conftest import run_dbt

SAMPLE = Path(__file__).parent / "samples" / "nice_cxone"


def querying(warehouse: Path, schema: str = "marts"):
    def query(sql: str) -> list[tuple]:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            connection.execute(f"use {schema}")
            return connection.execute(sql).fetchall()

    query.warehouse = warehouse
    return query


@pytest.fixture(scope="module")
def query(tmp_path_factory, build_warehouse):
    return querying(build_warehouse(
        tmp_path_factory.mktemp("nice_cxone"), adapters={"nice_cxone": SAMPLE},
    ))


# The sample's sessions on 5 March 2026 (UTC; Prague is an hour ahead):
#
# c-d1  a chat: a bot, Eva 10:00:50.1 to 10:05:00, Jan 10:05:10 to 10:20:00, pending for 10 minutes;
#       closed by Jan at 10:20:00.5, opened again at 10:25 and closed at 10:26
# c-d2  abandoned, 11:00:05 to 11:00:45.5
# c-d3  by its assignees alone: Eva 11:30:10 to 11:32:10, Jan to 11:35:10; closed at 11:36
# c-d4  had begun before the stream did: as the report of it says
# 8801  a chat of WhatsApp that the reports alone know
# 1001  a call by its seconds; an older version of it says otherwise
# 1002  a call by its states: Eva refuses, Jan takes it and hands it over to another skill (contact
#       1003), Eva takes that
# 1004  abandoned after 40 s
# 1005  Jan calls out
# 1006  a state and an end that nobody knows
def test_sessions(query):
    assert query("""
        select
            session_id, channel_id, direction, is_accepted, is_closed, queue_seconds, closed_by
        from fct_sessions
        order by session_id
    """) == [
        ("1001", "phone", "inbound", True, True, 20, "customer"),
        ("1002", "phone", "inbound", True, True, 25, "agent"),
        ("1004", "phone", "inbound", False, True, 40, "customer"),
        ("1005", "phone", "outbound", True, True, 0, "customer"),
        ("1006", "phone", "inbound", False, True, 10, None),
        ("8801", "whatsapp", "inbound", True, True, 12, None),
        ("c-d1", "chat_web", "inbound", True, True, 30, "system"),
        ("c-d2", "chat_web", "inbound", False, True, 40.5, "system"),
        ("c-d3", "chat_web", "inbound", True, True, 10, "system"),
        ("c-d4", "chat_web", "inbound", True, True, 60, None),
    ]


def test_agent_contacts(query):
    assert query("""
        select
            session_id, agent_id, skill_id, contact_seconds, hold_seconds, engaged_seconds,
            wrap_up_seconds, handle_seconds, is_transferred_out, disposition
        from fct_agent_contacts
        where session_id not like 'c-%'
        order by session_id, accepted_at
    """) == [
        ("1001", "i-eva", "3002", 180, 30, 150, 15, 195, False, "Invoice"),
        ("1002", "i-jan", "3002", 210, 30, 180, 20, 230, True, None),
        ("1002", "i-eva", "3003", 316.976, 0, 316.976, 0, 316.976, False, None),
        ("1005", "i-jan", "3002", 60, 0, 60, 0, 60, False, None),
        ("8801", "i-eva", "3004", 300, 0, 300, 25, 325, False, None),
    ]
    assert query("""
        select
            session_id, agent_id, contact_seconds, first_response_seconds, focus_seconds,
            is_transferred_out, disposition
        from fct_agent_contacts
        where session_id in ('c-d1', 'c-d3')
        order by session_id, accepted_at
    """) == [
        ("c-d1", "i-eva", 249.9, 50, 60, True, None),
        ("c-d1", "i-jan", 890, 60, 120, False, "Solved"),
        ("c-d3", "i-eva", 120, None, 0, True, None),
        ("c-d3", "i-jan", 180, None, 0, False, None),
    ]


def test_queue_legs_and_offers(query):
    assert query("""
        select session_id, skill_id, outcome, queue_seconds from fct_queue_legs
        where session_id in ('1002', '1004', '1006', 'c-d2') order by session_id, leg_number
    """) == [
        ("1002", "3002", "accepted", 25), ("1002", "3003", "accepted", 15),
        ("1004", "3002", "abandoned", 40), ("1006", "3002", "dequeued", 10),
        ("c-d2", "rq-chat", "abandoned", 40.5),
    ]
    assert query("""
        select session_id, agent_id, outcome, ring_seconds from fct_offers order by offered_at
    """) == [("1002", "i-eva", "declined", 4.5), ("1002", "i-jan", "accepted", 5)]


def test_agent_days(query):
    # Eva 09:55 to 15:00. Jan was last seen at 14:00, came again at 14:05.
    assert query("""
        select agent_id, idle_seconds, busy_seconds, break_seconds
        from agent_analysis_daily where agent_id = 'i-eva' and idle_seconds > 0
    """) == [("i-eva", 17548.024, 516.476, 235.5)]
    assert query("""
        select strftime(occurred_at, '%H:%M'), event_type from staging.stg_agent_events
        where agent_id = 'i-jan' and event_type != 'state' and occurred_at >= '2026-03-05 12:00'
        order by occurred_at
    """)[:2] == [("14:00", "logout"), ("14:05", "login")]


def test_names(query):
    assert query("select agent_id, agent_name, company_id from dim_agents order by all") == [
        ("i-eva", "Eva Horn", "t-main"), ("i-jan", "Jan Kolar", "t-main"),
    ]
    assert query("select skill_id, skill_name from dim_skills order by all") == [
        ("3002", "Calls"), ("3003", "Technical"), ("3004", "WhatsApp"), ("rq-chat", "Chat"),
    ]
    assert query("select channel_id, is_voice, is_digital from dim_channels order by all") == [
        ("chat_web", False, True), ("phone", True, False), ("whatsapp", False, True),
    ]


def test_nothing_vanishes(query):
    assert query("select table_name, row_key, reason from quarantined_rows order by all") == [
        ("raw_agent_events", "7001/900/99/2026-03-05T14:59:00Z/state", "bad_value"),
        ("raw_session_events", "1006/1/2026-03-05T14:30:05Z", "bad_value"),
        ("raw_session_events", "e-044", "bad_value"),
        ("raw_session_events", "e-045", "bad_value"),
    ]
    assert query("""
        select table_name, raw_row_count from feed_quality
        where table_name in ('raw_sessions', 'raw_messages', 'raw_focus_events', 'raw_tag_events')
        order by all
    """) == [
        ("raw_focus_events", 4), ("raw_messages", 7), ("raw_sessions", 10), ("raw_tag_events", 1),
    ]


def build(folder: Path, data: Path, *arguments: str) -> str:
    """What dbt says of a build of the adapter's own models, its exit code in front."""
    result = run_dbt(
        "build", folder / "adapter.duckdb", "--select", "path:models/adapters",
        "path:seeds/adapters",
        *(arguments or ("--exclude-resource-type", "unit_test")),
        variables={"adapters": {"nice_cxone": str(data)}},
    )
    return f"exit {result.returncode}\n{result.stdout}"


def test_faults_and_unknown_words_are_told(tmp_path):
    said = build(tmp_path, SAMPLE)
    assert said.startswith("exit 0\n"), said
    assert "Words that the adapter nice_cxone doesn't know" in said
    for word in ("Beamed Up", "CaseTeleported", "vaporized", "Levitating", "Dancing"):
        assert f"1  {word}" in said


def test_reports_alone(tmp_path):
    # Without the stream agents go by their numbers where the list of agents doesn't know more, and
    # the chats' contacts by theirs.
    said = build(tmp_path, SAMPLE / "reports")
    assert said.startswith("exit 0\n"), said
    query = querying(tmp_path / "adapter.duckdb", "adapters")
    assert query("select distinct agent_id from nice_cxone_agent_events order by all") == [
        ("7001",), ("i-jan",),
    ]
    assert query("""
        select count(*), count(distinct session_id) from nice_cxone_sessions
    """) == [(8, 8)]


def test_beside_another_adapter(tmp_path, build_warehouse):
    query = querying(build_warehouse(
        tmp_path, adapters={"nice_cxone": SAMPLE, "genesys_cloud": SAMPLE.parent / "genesys_cloud"},
        select="+fct_sessions +fct_offers",
    ))
    assert query("select feed, count(*) from fct_sessions group by feed order by feed") == [
        ("genesys_cloud", 10), ("nice_cxone", 10),
    ]
    assert query("""
        select session_id, count(*) from fct_offers where session_id like 'nice%' group by all
    """) == [("nice_cxone:1002", 2)]


def test_folder_without_a_record_stops_the_build(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "file.json").write_text(json.dumps([]))
    said = build(tmp_path, data)
    assert not said.startswith("exit 0\n")


def test_what_check_adapter_says(query):
    # Ten sessions of both sources; a state of an agent that nobody knows.
    counts = counts_of(query.warehouse)
    assert counts["sessions"] == (10, 10, 0, 0) and counts["agents"] == (2, 2, 0, 0)
    assert counts["agent_events"] == (20, 19, 0, 1)
    said = said_of(query.warehouse)
    assert "raw_agent_events bad_value: 1" in {line.split(",")[0] for line in said["Quarantine"]}
    [heading] = [heading for heading in said if heading.startswith("Not measured")]
    assert "raw_evaluations" in said[heading] and "raw_focus_events" not in said[heading]
