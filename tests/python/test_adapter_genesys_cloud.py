"""The adapter genesys_cloud: a small sample with figures worked out by hand, the documented
example, and input that isn't what it should be."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import duckdb
import pytest
from checks import counts_of, said_of
from conftest import run_dbt

SAMPLE = Path(__file__).parent / "samples" / "genesys_cloud"
ZONE = {"reporting_time_zone": "America/Argentina/Buenos_Aires"}


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
        tmp_path_factory.mktemp("genesys_cloud"), adapters={"genesys_cloud": SAMPLE},
        variables=ZONE,
    ))


# The sample's conversations on 5 March 2026 (UTC):
#
# g-01  the documented example with a menu and a queue before it; queued 12:00:40, Ana 12:01:03 to
#       12:05:33, ends 12:06:00
# g-02  Bob doesn't respond, Ana does; queued 13:01:00, Ana 13:01:12.5 to 13:07:27.4, whose
#       after-call work of 3 s is what ends the conversation
# g-03  messages: a bot, Ana 14:01:00 to 14:05:00, transfers to another queue, Bob 14:06:00 to
#       14:20:00, who parks it for 7 minutes
# g-04  abandoned, 15:00:10 to 15:00:40
# g-05  a callback taken after 2 minutes in the queue; Ana 15:40:00 to 15:46:00 with a call within
#       it and a shared screen; after-call work without a length, before its end
# g-06  Bob calls out, 16:00:05 to 16:02:05
# g-07  two people's own numbers
# g-08  began at 23:59 of the 5th in Buenos Aires, Bob from 00:00 on
# g-09  open; its newer details have Bob accept at 17:30:15
# g-10  words that nobody knows; Ana 17:40:30 to 17:41:00
def test_sessions(query):
    assert query("""
        select
            session_id, channel_id, customer_id, is_accepted, is_closed, queue_seconds,
            session_seconds, closed_by, cast(session_date as varchar)
        from fct_sessions
        order by session_id
    """) == [
        ("g-01", "voice", "x-1", True, True, 23, 297, "customer", "2026-03-05"),
        ("g-02", "voice", "+5491140000001", True, True, 12.5, 374.9, "customer", "2026-03-05"),
        ("g-03", "webmessaging", "guest-7", True, True, 30, 1140, "agent", "2026-03-05"),
        ("g-04", "voice", "+5491140000002", False, True, 30, None, "customer", "2026-03-05"),
        ("g-05", "voice", "x-1", True, True, 1800, 360, "agent", "2026-03-05"),
        ("g-06", "voice", "+5491140000003", True, True, 0, 120, "agent", "2026-03-05"),
        ("g-07", "voice", None, False, True, None, None, None, "2026-03-05"),
        ("g-08", "voice", "x-1", True, True, 20, 600, "agent", "2026-03-05"),
        ("g-09", "voice", "+5491140000001", True, False, 15, None, None, "2026-03-05"),
        ("g-10", "chat", "guest-8", True, True, 30, 30, None, "2026-03-05"),
    ]


def test_agent_contacts(query):
    # The wrap-up of g-05 begins and ends before the contact does: none.
    assert query("""
        select
            session_id, agent_id, team_id, skill_id, contact_seconds, hold_seconds, engaged_seconds,
            wrap_up_seconds, handle_seconds, is_transferred_out, disposition,
            cast(accepted_date as varchar)
        from fct_agent_contacts
        order by session_id, accepted_at
    """) == [
        ("g-01", "u-ana", "t-one", "q-in", 270, 60, 210, 10, 280, False, "Balance", "2026-03-05"),
        ("g-02", "u-ana", "t-one", "q-in", 374.9, 0, 374.9, 3, 377.9, False,
         "ININ-WRAP-UP-TIMEOUT", "2026-03-05"),
        ("g-03", "u-ana", "t-one", "q-in", 240, 0, 240, 0, 240, True, None, "2026-03-05"),
        ("g-03", "u-bob", None, "q-tech", 840, 0, 840, 5, 845, False, "Solved", "2026-03-05"),
        ("g-05", "u-ana", "t-one", "q-in", 360, 0, 360, 0, 360, False, "Solved", "2026-03-05"),
        ("g-06", "u-bob", None, "q-tech", 120, 0, 120, 0, 120, False, None, "2026-03-05"),
        ("g-08", "u-bob", None, "q-in", 600, 0, 600, 0, 600, False, None, "2026-03-06"),
        ("g-09", "u-bob", None, "q-tech", None, None, None, None, None, False, None,
         "2026-03-05"),
        ("g-10", "u-ana", "t-one", "q-in", 30, 0, 30, 0, 30, False, None, "2026-03-05"),
    ]


def test_queue_legs_and_offers(query):
    assert query("""
        select session_id, skill_id, outcome, queue_seconds from fct_queue_legs
        where session_id in ('g-03', 'g-04', 'g-05') order by session_id, leg_number
    """) == [
        ("g-03", "q-in", "accepted", 30), ("g-03", "q-tech", "accepted", 60),
        ("g-04", "q-in", "abandoned", 30),
        ("g-05", "q-in", "dequeued", 120), ("g-05", "q-in", "accepted", 1680),
    ]
    assert query("""
        select session_id, agent_id, outcome, ring_seconds from fct_offers order by offered_at
    """) == [
        ("g-01", "u-ana", "accepted", 3), ("g-02", "u-bob", "missed", 7.4),
        ("g-02", "u-ana", "accepted", 2.5), ("g-03", "u-ana", "accepted", 10),
        ("g-03", "u-bob", "accepted", 30), ("g-05", "u-ana", "accepted", 10),
        ("g-09", "u-bob", "accepted", 5),
    ]


def test_responses(query):
    # Ana's first after 30 s, her next from 14:02:00 to 14:03:00. Bob answers, 60 s after he came,
    # what was written to Ana.
    assert query("""
        select agent_id, first_response_seconds, agent_message_count, customer_message_count
        from fct_agent_contacts where session_id = 'g-03' order by accepted_at
    """) == [("u-ana", 30, 2, 2), ("u-bob", 60, 1, 0)]


def test_agent_days(query):
    # Ana 11:55 to 17:00, busy 280 + 378 + 240 + 360, available for 4 minutes and at a meal for 30.
    # Bob 12:30 to 18:00, busy 845 + 120, not responding for 2 minutes.
    assert query("""
        select agent_id, strftime(first_login_at, '%H:%M'), strftime(last_logout_at, '%H:%M'),
            idle_seconds, busy_seconds, break_seconds
        from agent_analysis_daily where idle_seconds > 0 order by agent_id
    """) == [
        ("u-ana", "11:55", "17:00", 18300 - 1258 - 2040, 1258, 2040),
        ("u-bob", "12:30", "18:00", 19800 - 965 - 120, 965, 120),
    ]


def test_names(query):
    assert query("select agent_id, agent_name, company_id from dim_agents order by all") == [
        ("u-ana", "Ana", "d-main"), ("u-bob", "Bob", "d-main"),
    ]
    assert query("select skill_id, skill_name from dim_skills order by all") == [
        ("q-in", "Inquiries"), ("q-tech", "Technical"),
    ]
    assert query("select channel_id, is_voice, is_digital from dim_channels order by all") == [
        ("chat", False, True), ("voice", True, False), ("webmessaging", False, True),
    ]


def test_nothing_vanishes(query):
    assert query("select table_name, row_key, reason from quarantined_rows order by all") == [
        ("raw_session_events", "g-10/1001/1/disconnect", "bad_value"),
        ("raw_session_events", "g-10/3001/2/segment", "bad_value"),
    ]
    assert query("""
        select table_name, raw_row_count from feed_quality
        where table_name in ('raw_sessions', 'raw_messages', 'raw_agent_events', 'raw_evaluations')
        order by all
    """) == [
        ("raw_agent_events", 23), ("raw_evaluations", 1), ("raw_messages", 8), ("raw_sessions", 10),
    ]
    assert query("""
        select table_name from feed_quality
        where table_name in ('raw_focus_events', 'raw_tag_events') and not is_measured
        order by all
    """) == [("raw_focus_events",), ("raw_tag_events",)]


def segment(kind: str, start: str, end: str, **fields) -> dict:
    return {"segmentType": kind, "segmentStart": f"2026-09-20T{start}.000Z",
            "segmentEnd": f"2026-09-20T{end}.000Z", "queueId": "q-in", **fields}


DOCUMENTED = {
    "conversationId": "c-1", "conversationStart": "2026-09-20T12:00:00.000Z",
    "conversationEnd": "2026-09-20T12:06:00.000Z", "originatingDirection": "inbound",
    "participants": [
        {"participantId": "p-cli", "purpose": "customer", "sessions": [
            {"mediaType": "voice", "direction": "inbound", "ani": "tel:+541140000000",
             "segments": []},
        ]},
        {"participantId": "p-ivr", "purpose": "ivr", "sessions": [
            {"mediaType": "voice", "segments": []},
        ]},
        {"participantId": "p-ag", "purpose": "agent", "userId": "u-1", "sessions": [
            {"mediaType": "voice", "direction": "inbound", "segments": [
                segment("alert", "12:01:00", "12:01:03"),
                segment("interact", "12:01:03", "12:03:03"),
                segment("hold", "12:03:03", "12:04:03"),
                segment("interact", "12:04:03", "12:05:33", disconnectType="peer"),
                segment("wrapup", "12:05:33", "12:05:43", wrapUpCode="w-1"),
            ]},
        ]},
    ],
}
# 23:59 of the day before in Buenos Aires.
BEFORE = {**DOCUMENTED, "conversationId": "c-0", "conversationStart": "2026-09-20T02:59:00.000Z"}


def test_the_documented_example(tmp_path, build_warehouse):
    page = {"conversations": [DOCUMENTED, BEFORE]}
    (tmp_path / "page.json").write_text(json.dumps(page, indent=2))
    query = querying(build_warehouse(
        tmp_path, adapters={"genesys_cloud": tmp_path / "page.json"}, variables=ZONE,
        select="+fct_agent_contacts +fct_offers +fct_sessions",
    ))
    assert query("""
        select ring_seconds, engaged_seconds, hold_seconds, wrap_up_seconds, handle_seconds
        from fct_agent_contacts inner join fct_offers using (session_id)
        where session_id = 'c-1'
    """) == [(3, 210, 60, 10, 280)]
    assert query("""
        select session_id, cast(session_date as varchar) from fct_sessions order by all
    """) == [("c-0", "2026-09-19"), ("c-1", "2026-09-20")]


def build(folder: Path, data: Path, *arguments: str) -> str:
    """What dbt says of a build of the adapter's own models, its exit code in front."""
    result = run_dbt(
        "build", folder / "adapter.duckdb", "--select", "path:models/adapters",
        *(arguments or ("--exclude-resource-type", "unit_test")),
        variables={"adapters": {"genesys_cloud": str(data)}},
    )
    return f"exit {result.returncode}\n{result.stdout}"


def test_faults_and_unknown_words_are_told(tmp_path):
    said = build(tmp_path, SAMPLE, "--resource-type", "model")
    assert said.startswith("exit 0\n"), said
    assert "2026-03-06.jsonl': a record is no whole JSON object" in said
    assert "a record is neither a conversation, a user's details, a message nor a name" in said
    assert "Words that the adapter genesys_cloud doesn't know" in said
    assert "1  teleported" in said
    assert "1  levitating" in said


def test_files_of_every_form(tmp_path):
    data = tmp_path / "it's [all] here"
    data.mkdir()
    one, two, three = ({**DOCUMENTED, "conversationId": name} for name in "abc")
    (data / "lines.jsonl").write_text(json.dumps(one) + "\n\n" + json.dumps(two) + "\n")
    with gzip.open(data / "list.json.gz", "wt") as packed:
        packed.write(json.dumps([three], indent=1))
    (data / "empty.json").write_text("")
    said = build(tmp_path, data)
    assert said.startswith("exit 0\n"), said
    assert querying(tmp_path / "adapter.duckdb", "adapters")(
        "select session_id from genesys_cloud_sessions order by all"
    ) == [("a",), ("b",), ("c",)]


@pytest.mark.parametrize("content", ["", "{}\n", "[1, 2"])
def test_folder_without_a_record_stops_the_build(tmp_path, content):
    data = tmp_path / "data"
    data.mkdir()
    if content:
        (data / "file.json").write_text(content)
    said = build(tmp_path, data)
    assert not said.startswith("exit 0\n")
    assert "holds" in said or "isn't JSON objects" in said


def test_what_check_adapter_says(query):
    counts = counts_of(query.warehouse)
    assert counts["agents"] == (2, 2, 0, 0) and counts["agent_events"] == (23, 23, 0, 0)
    [(session_count,)] = query("select count(*) from fct_sessions")
    assert counts["sessions"][1] == session_count
    said = said_of(query.warehouse)
    [heading] = [heading for heading in said if heading.startswith("Not measured")]
    assert {"raw_focus_events", "raw_tag_events"} <= set(said[heading])
    assert {"raw_messages", "raw_agent_events"}.isdisjoint(said[heading])
