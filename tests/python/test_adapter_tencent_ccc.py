"""The adapter tencent_ccc: pushes alone, with figures worked out by hand, and pushes with what the
interfaces answer of the same days."""

from __future__ import annotations

from pathlib import Path

import pytest
from checks import counts_of, said_of
from test_adapter_amazon_connect import querying

SAMPLE = Path(__file__).parent / "samples" / "tencent_ccc"


@pytest.fixture(scope="module")
def pushed(tmp_path_factory, build_warehouse):
    """Pushes of three sessions, one of them twice, and one agent's status history."""
    return querying(build_warehouse(
        tmp_path_factory.mktemp("tencent_ccc_pushed"),
        adapters={"tencent_ccc": SAMPLE / "pushed"},
        variables={"tencent_scores": {"1": 5}},
    ), "marts")


@pytest.fixture(scope="module")
def query(tmp_path_factory, build_warehouse):
    return querying(build_warehouse(
        tmp_path_factory.mktemp("tencent_ccc"),
        adapters={"tencent_ccc": SAMPLE},
        variables={"tencent_scores": {"1": 5, "not satisfied": 2, "satisfied": 4}},
    ), "marts")


# s-1 waits from 02:00:20 to 02:00:50 and lasts 300 s from then, s-3 from 02:18:30 to 02:18:40 and
# 600 s; s-2 gives up after 60 s.
def test_sessions_of_pushes(pushed):
    assert pushed("""
        select
            session_id, channel_id, is_accepted, queue_seconds, session_seconds,
            closed_by, queue_result
        from fct_sessions
        order by session_id
    """) == [
        ("s-1", "voice", True, 30, 300, "customer", "answered"),
        ("s-2", "voice", False, 60, None, "customer", "abandoned"),
        ("s-3", "chat", True, 10, 600, "system", "answered"),
    ]
    assert pushed("""
        select session_count, human_session_count, avg_queue_seconds, avg_session_seconds,
            evaluated_session_count
        from session_analysis_daily
    """) == [(3, 2, 20, 450, 1)]


def test_agent_contacts_of_pushes(pushed):
    # Tom's begins when he takes it, 10 s after Mei passed it on: those belong to nobody.
    assert pushed("""
        select session_id, agent_id, contact_seconds, is_transferred_out, wrap_up_seconds
        from fct_agent_contacts
        order by accepted_at
    """) == [
        ("s-1", "mei@acme.example", 120, True, 30),
        ("s-1", "tom@acme.example", 170, False, 0),
        ("s-3", "mei@acme.example", 600, False, 0),
    ]


def test_states_of_pushes(pushed):
    assert pushed("""
        select
            epoch(first_login_at), epoch(last_logout_at), idle_seconds, busy_seconds, break_seconds,
            idle_seconds + busy_seconds + break_seconds
        from agent_analysis_daily
        where agent_id = 'mei@acme.example'
    """) == [(1772672400, 1772682000, 7050, 750, 1800, 9600)]
    assert pushed("""
        select reason, sum(state_seconds) from agent_state_reasons_daily group by all order by 1
    """) == [
        ("lunch", 1800), (None, 7800),
    ]


def test_the_push_that_came_twice_and_the_evaluation(pushed):
    assert pushed("""
        select duplicate_row_count, quarantined_row_count
        from feed_quality where table_name = 'raw_sessions'
    """) == [(1, 0)]
    assert pushed("select count(*) from quarantined_rows") == [(0,)]
    assert pushed("""
        select session_id, agent_id, score, epoch(submitted_at) from staging.stg_evaluations
    """) == [("s-1", "tom@acme.example", 5, 1772676350)]
    assert pushed("""
        select table_name from feed_quality where not is_measured and table_name in
            ('raw_messages', 'raw_focus_events', 'raw_tag_events', 'raw_evaluations')
        order by 1
    """) == [("raw_focus_events",), ("raw_messages",), ("raw_tag_events",)]


# What the answers add:
# s-4   Kim takes it at once (06:01:46; the call says a second later), 9 s; not satisfied
# s-5   Kim calls; the customer answers. 99 s with Kim, 30 s of them on hold; Kim hangs up
# s-6   Kim calls and nobody answers
# s-7   nobody is there to queue for
# s-8   queued 06:43:30; Kim doesn't take it in 20 s, Tom after 5 s more: 35 s, then 60 s
# s-9   ends with a word that isn't known
# s-10  a chat, pushed in two parts: Mei has it 5 s after it queued, for 100 s, hands it to Tom, who
#       comes after 10 s and has it for 200 s. Its record says that the customer ended and liked it
# s-11  a chat of which only the record is there: Kim for 60 s
def test_sessions_with_answers(query):
    assert query("""
        select
            session_id, direction, customer_id, is_accepted, queue_seconds, session_seconds,
            closed_by
        from fct_sessions
        where session_id not in ('s-1', 's-2', 's-3')
        order by started_at
    """) == [
        ("s-4", "inbound", "0086 104", True, 0, 9, "customer"),
        ("s-5", "outbound", "0086 105", True, 0, 99, "agent"),
        ("s-6", "outbound", "0086 106", False, None, None, "system"),
        ("s-7", "inbound", "0086 107", False, None, None, "system"),
        ("s-8", "inbound", "0086 100", True, 35, 60, "customer"),
        ("s-9", "inbound", "0086 109", False, None, None, "system"),
        ("s-10", "inbound", "wx-8", True, 5, 310, "customer"),
        ("s-11", "inbound", "wx-9", True, 0, 60, None),
    ]


def test_agent_contacts_with_answers(query):
    assert query("""
        select
            session_id, split_part(agent_id, '@', 1), skill_id, contact_seconds, hold_seconds,
            wrap_up_seconds, is_transferred_out, first_response_seconds
        from fct_agent_contacts
        where session_id not in ('s-1', 's-2', 's-3')
        order by accepted_at
    """) == [
        ("s-4", "kim", "11", 9, None, 20, False, None),
        ("s-5", "kim", None, 99, 30, 0, False, None),
        ("s-8", "tom", "11", 60, 0, 0, False, None),
        ("s-10", "mei", "12", 100, 0, 0, True, 12),
        ("s-10", "tom", "12", 200, 0, 0, False, 15),
        ("s-11", "kim", "12", 60, 0, 0, False, None),
    ]


def test_offers(query):
    assert query("""
        select session_id, split_part(agent_id, '@', 1), outcome, ring_seconds
        from fct_offers
        order by offered_at, agent_id
    """) == [
        ("s-1", "mei", "accepted", 5), ("s-1", "tom", "accepted", 10),
        ("s-3", "mei", "accepted", 5),
        ("s-4", "kim", "accepted", 0), ("s-8", "kim", "missed", 20), ("s-8", "tom", "accepted", 5),
        ("s-10", "mei", "accepted", 2), ("s-10", "tom", "accepted", 8),
    ]


def test_states_of_answers(query):
    # Two answers overlap. Kim: free 506 + 65, call and after-call work 9 + 20, rest from 06:03:20
    # on; "dozing" isn't known, so that the rest lasts until 08:40.
    assert query("""
        select idle_seconds, busy_seconds, break_seconds, epoch(last_logout_at)
        from agent_analysis_daily where agent_id = 'kim@acme.example'
    """) == [(571, 29, 9400, 1772700000)]


def test_what_is_left_out(query):
    assert query("""
        select table_name, reason, row_key from quarantined_rows order by all
    """) == [
        ("raw_agent_events", "bad_value", "kim@acme.example|1772690700|dozing"),
        ("raw_session_events", "bad_value", "s-9/lineLost/1"),
    ]


def test_evaluations_and_messages(query):
    assert query("""
        select session_id, split_part(agent_id, '@', 1), score, epoch(submitted_at)
        from staging.stg_evaluations order by session_id
    """) == [
        ("s-1", "tom", 5, 1772676350), ("s-10", "tom", 4, 1772695320),
        ("s-4", "kim", 2, 1772690515), ("s-8", "tom", 5, 1772693110.25),
    ]
    assert query("""
        select epoch(sent_at), sender_type, split_part(sender_id, '@', 1)
        from staging.stg_messages order by sent_at
    """) == [
        (1772695012, "customer", "wx-8"), (1772695022, "agent", "mei"),
        (1772695125, "customer", "wx-8"), (1772695135, "agent", "tom"),
        (1772695140, "system", "notice"),
    ]


def test_names(query):
    assert query("select agent_id, agent_name from dim_agents order by 1") == [
        ("kim@acme.example", "Kim"), ("mei@acme.example", "Mei Lin"), ("tom@acme.example", "Tom"),
    ]
    assert query("select skill_id, skill_name from dim_skills order by 1") == [
        ("11", "Help"), ("12", "Chat"),
    ]


def test_busy_by_the_word_of_the_document(tmp_path_factory, build_warehouse):
    query = querying(build_warehouse(
        tmp_path_factory.mktemp("tencent_ccc_words"),
        adapters={"tencent_ccc": SAMPLE / "pushed"},
        variables={"tencent_busy_states": ["notReady"]},
        select="+agent_analysis_daily +feed_quality",
    ), "marts")
    assert query("""
        select idle_seconds, busy_seconds, break_seconds
        from agent_analysis_daily where agent_id = 'mei@acme.example'
    """) == [(7200, 600, 1800)]
    # Without a map what was pressed is no evaluation.
    assert query("""
        select is_measured from feed_quality where table_name = 'raw_evaluations'
    """) == [(False,)]


def test_what_check_adapter_says(query):
    # The push that came twice, the state and the end that nobody knows.
    counts = counts_of(query.warehouse)
    assert counts["sessions"] == (12, 11, 1, 0) and counts["messages"] == (5, 5, 0, 0)
    assert counts["agent_events"] == (16, 15, 0, 1) and counts["evaluations"] == (4, 4, 0, 0)
    said = said_of(query.warehouse)
    assert [line.split(",")[0] for line in said["Quarantine"]] == [
        "raw_agent_events bad_value: 1", "raw_session_events bad_value: 1",
    ]
    [heading] = [heading for heading in said if heading.startswith("Not measured")]
    assert {"raw_focus_events", "raw_tag_events"} <= set(said[heading])
    assert "raw_messages" not in said[heading]
    assert "  N1 Focus share" in said[heading]
