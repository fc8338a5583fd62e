"""The adapter tencent_desk: callbacks of which only some names are known, and the same with the
names that a user gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from checks import counts_of, said_of
from conftest import run_dbt
from test_adapter_amazon_connect import querying

SAMPLE = Path(__file__).parent / "samples" / "tencent_desk"
# Made up: how they are really called isn't known.
NAMES = {
    "Human.TransferSuccess": "accepted",
    "Human.UserSendMsg": "customer_message",
    "Human.AgentSendMsg": "agent_message",
    "Human.AgentTransfer": "transferred",
    "Session.End": "closed_by_customer",
}
SESSIONS = """
    select
        session_id, channel_id, direction, is_accepted, is_closed, queue_seconds, session_seconds,
        is_messages_measured
    from fct_sessions
    order by session_id
"""
CONTACTS = """
    select
        session_id, split_part(agent_id, '@', 1), skill_id, contact_seconds, is_transferred_out,
        first_response_seconds
    from fct_agent_contacts
    order by accepted_at
"""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory) -> tuple[Path, str]:
    """Without names, and what the build said."""
    path = tmp_path_factory.mktemp("tencent_desk") / "w.duckdb"
    result = run_dbt(
        "build", path, "--exclude-resource-type", "unit_test",
        variables={"adapters": {"tencent_desk": str(SAMPLE)}},
    )
    assert result.returncode == 0, result.stdout
    return path, result.stdout


@pytest.fixture(scope="module")
def query(warehouse):
    return querying(warehouse[0], "marts")


@pytest.fixture(scope="module")
def named(tmp_path_factory, build_warehouse):
    return querying(build_warehouse(
        tmp_path_factory.mktemp("tencent_desk_named"),
        adapters={"tencent_desk": SAMPLE},
        variables={"tencent_desk_events": NAMES},
    ), "marts")


def test_both_sites_names_of_the_wish_for_a_person_are_known():
    known = Path("seeds/adapters/tencent_desk_events.csv").read_text().split()
    assert {"ChatBot.OnAssignHuman,queued", "ChatBot.OnAssignAgent,queued"} <= set(known)


# d-1  a customer asks a bot, wants a person after 10 s, and what then happens has names that nobody
#      gave: 6 rows of 5 names
# d-2  stays with the bot
# d-3  only its record is there: Kim for 120 s
# d-4  Mei writes first; its record says 60 s, and an end that isn't known
def test_sessions_without_names(query):
    assert query(SESSIONS) == [
        ("d-1", "Web", "inbound", False, False, 3 * 3600 - 3600 + 17 / 1000 - 10, None, False),
        ("d-2", "Web", "inbound", False, False, None, None, False),
        ("d-3", "SDK", "inbound", True, True, 0, 120, False),
        ("d-4", "SDK", "outbound", True, True, 0, 60, False),
    ]
    assert query(CONTACTS) == [
        ("d-4", "mei", "g-2", 60, False, None), ("d-3", "kim", "g-1", 120, False, None),
    ]


def test_what_unknown_names_would_fill_has_no_value(query):
    assert query("""
        select
            session_count, valid_session_count, first_response_session_count,
            first_response_seconds
        from session_analysis_daily
    """) == [(4, None, None, None)]


def test_unknown_names_are_told(warehouse, query):
    _, said = warehouse
    isnt = "means isn't known"
    assert f"what the event 'Human.AgentSendMsg' {isnt}: 2 row(s) of 1 session(s)" in said
    assert f"what the event 'Human.TransferSuccess' {isnt}: 2 row(s) of 2 session(s)" in said
    assert f"what the end of a session 'Vanished' {isnt}: 1 row(s) of 1 session(s)" in said
    assert "are fetched, nothing made of messages is measured" in said
    assert query("""
        select row_key, reason, json_extract_string(row_text, 'reason')
        from quarantined_rows order by 1
    """) == [
        ("unknown|end|Vanished", "bad_value", "1 rows"),
        ("unknown|event|Human.AgentSendMsg", "bad_value", "2 rows"),
        ("unknown|event|Human.AgentTransfer", "bad_value", "1 rows"),
        ("unknown|event|Human.TransferSuccess", "bad_value", "2 rows"),
        ("unknown|event|Human.UserSendMsg", "bad_value", "1 rows"),
        ("unknown|event|Session.End", "bad_value", "1 rows"),
    ]


def test_what_is_exact_without_names(query):
    # The status of lunch came twice.
    assert query("""
        select idle_seconds, busy_seconds, break_seconds, epoch_ms(first_login_at)
        from agent_analysis_daily where agent_id = 'mei@acme.example' and idle_seconds > 0
    """) == [(7200, 1800, 1800, 1772672400017)]
    assert query("""
        select duplicate_row_count from feed_quality where table_name = 'raw_agent_events'
    """) == [(1,)]
    assert query("""
        select session_id, split_part(agent_id, '@', 1), score, epoch_ms(submitted_at)
        from staging.stg_evaluations order by 1
    """) == [("d-1", "tom", 4, 1772676200000), ("d-3", "kim", 5, 1772679720000)]
    assert query("""
        select session_id, epoch_ms(occurred_at) from staging.stg_session_events
        where event_type = 'bot_started' order by 1
    """) == [("d-1", 1772676001500), ("d-2", 1772676302000)]


# With names: d-1 waits from 10 s to 30 s; Mei answers after 22 s and hands over to Tom after 70 s,
# who has it for 100 s. d-4's acceptance is the callback's, its end the record's.
def test_sessions_with_names(named):
    assert named(SESSIONS) == [
        ("d-1", "Web", "inbound", True, True, 20, 170, True),
        ("d-2", "Web", "inbound", False, False, None, None, True),
        ("d-3", "SDK", "inbound", True, True, 0, 120, True),
        ("d-4", "SDK", "outbound", True, True, 0, 55, True),
    ]
    assert named(CONTACTS) == [
        ("d-1", "mei", None, 70, True, 22), ("d-1", "tom", None, 100, False, 20),
        ("d-4", "mei", "g-2", 55, False, None), ("d-3", "kim", "g-1", 120, False, None),
    ]


def test_messages_with_names(named):
    assert named("""
        select session_id, message_id, sender_type from staging.stg_messages
        order by sent_at
    """) == [
        ("d-1", "1_1772676001_a", "customer"), ("d-1", "2_1772676001_b", "bot"),
        ("d-1", "3_1772676040_c", "customer"), ("d-1", "4_1772676052_d", "agent"),
        ("d-1", "5_1772676120_e", "agent"), ("d-2", "6_1772676301_f", "customer"),
        ("d-2", "7_1772676302_g", "bot"),
    ]
    # The robot's callback was tried twice.
    assert named("""
        select duplicate_row_count from feed_quality where table_name = 'raw_messages'
    """) == [(1,)]
    assert named("select row_key from quarantined_rows") == [("unknown|end|Vanished",)]


# What the interface says of d-1 and d-4, the newest first.
CHATS = {
    "d-1": [
        ("tom@acme.example", 2, 120), ("mei@acme.example", 2, 52), ("u-1", 1, 40),
        ("@customer_service_account", 2, 1.5), ("u-1", 1, 1),
    ],
    "d-4": [("mei@acme.example", 2, 606)],
}


def test_messages_of_the_interface(tmp_path_factory, build_warehouse):
    # Where all sessions with unknown names have theirs, messages are measured without the names.
    # d-1 isn't accepted, for its acceptance has an unknown name and it has no record.
    folder = tmp_path_factory.mktemp("tencent_desk_chats")
    for file in SAMPLE.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "chats.jsonl").write_text("\n".join(
        json.dumps({"query": {"SessionId": session_id, "Order": "2"}, "body": {
            "SessionId": session_id,
            "Messages": [
                {"FromAccount": account, "FromAccountRole": role, "Timestamp": stamp(seconds)}
                for account, role, seconds in messages
            ],
        }}) for session_id, messages in CHATS.items()
    ))
    query = querying(build_warehouse(
        tmp_path_factory.mktemp("tencent_desk_chats_built"), adapters={"tencent_desk": folder},
    ), "marts")
    assert query("""
        select session_id, sender_type, count(*) from staging.stg_messages group by all order by all
    """) == [
        ("d-1", "agent", 2), ("d-1", "bot", 1), ("d-1", "customer", 2),
        ("d-2", "bot", 1), ("d-2", "customer", 1), ("d-4", "agent", 1),
    ]
    assert query("select bool_and(is_messages_measured) from fct_sessions") == [(True,)]
    assert query("""
        select first_response_seconds from fct_agent_contacts where session_id = 'd-4'
    """) == [(6,)]


def stamp(seconds: float) -> int:
    return int(1772676000000 + seconds * 1000)


def test_what_check_adapter_says(query):
    # One callback of a status was tried again.
    counts = counts_of(query.warehouse)
    assert counts["sessions"] == (4, 4, 0, 0) and counts["evaluations"] == (2, 2, 0, 0)
    assert counts["agent_events"] == (7, 6, 1, 0) and "messages" not in counts
    said = said_of(query.warehouse)
    assert said["Quarantine"][0].startswith("raw_session_events bad_value: 6, for example ")
    [heading] = [heading for heading in said if heading.startswith("Not measured")]
    assert {"raw_messages", "raw_focus_events", "raw_tag_events"} <= set(said[heading])
