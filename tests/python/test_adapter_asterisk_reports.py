"""The adapter asterisk on what people reported: one log of many short stories, each with the
figures that its own lines say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from test_intake_adapters import CSV_HEADER, Read, put

SAMPLE = Path(__file__).parent / "samples" / "asterisk_reports"


@pytest.fixture(scope="module")
def query(tmp_path_factory, build_warehouse) -> Callable[..., list[tuple]]:
    warehouse = build_warehouse(
        tmp_path_factory.mktemp("asterisk_reports"),
        adapters={"asterisk": SAMPLE},
        variables={"asterisk_time_zone": "UTC"},
        select="+agent_analysis_daily +fct_queue_legs +fct_agent_contacts +fct_sessions"
        " +feed_quality +dim_agents",
    )

    def run(sql: str, *values: object) -> list[tuple]:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            connection.execute("use marts")
            return connection.execute(sql, values).fetchall()

    return run


def session(query, name: str) -> tuple:
    [row] = query(
        "select is_accepted, is_closed, queue_seconds, session_seconds, agent_contact_count"
        " from fct_sessions where session_id = ?", name,
    )
    return row


def legs(query, name: str) -> list[tuple]:
    return query(
        "select outcome, queue_seconds from fct_queue_legs where session_id = ?"
        " order by queued_at", name,
    )


def day(query, agent: str) -> list[tuple]:
    """Day, first login, last logout, idle, busy and break seconds."""
    return query(
        "select strftime(date_day, '%d'), strftime(first_login_at, '%H:%M'),"
        " strftime(last_logout_at, '%H:%M'), idle_seconds, busy_seconds, break_seconds"
        " from agent_analysis_daily where agent_id = ? and idle_seconds + busy_seconds > 0"
        " order by date_day", agent,
    )


def test_time_in_a_menu_is_no_waiting(query):
    assert legs(query, "X12.1") == [("dequeued", 40), ("accepted", 10)]
    assert session(query, "X12.1") == (True, True, 50, 60, 1)
    assert legs(query, "A24.1") == [("dequeued", 50), ("dequeued", 50), ("dequeued", 50)]
    assert session(query, "A24.1") == (False, True, 150, None, 0)


def test_a_lost_connect_is_told_by_the_end(query):
    assert session(query, "A1.1") == (True, False, 2, None, 1)
    assert session(query, "X18.1") == (True, True, 12, 100, 1)
    assert query("""
        select session_id, contact_seconds, is_transferred_out
        from fct_agent_contacts
        where session_id in ('A1.1', 'X18.1')
        order by session_id
    """) == [("A1.1", 178, True), ("X18.1", 100, False)]


def test_who_joins_and_leaves_is_on_shift_in_between(query):
    assert day(query, "PJSIP/61") == [("05", "08:00", "16:00", 26400, 600, 1800)]


def test_leaving_ends_a_pause(query):
    assert day(query, "PJSIP/62") == [
        ("05", "08:00", "16:00", 28800 - 600 - 600, 600, 600),
        ("06", "08:00", "16:00", 28800 - 600, 600, 0),
    ]
    assert day(query, "PJSIP/x171") == [
        ("05", "08:00", "16:00", 14400, 0, 14400),
        ("06", "08:00", "16:00", 28800, 0, 0),
        ("07", "08:00", "16:00", 28800, 0, 0),
    ]


def test_paused_in_one_queue_and_answering_in_another_is_no_break(query):
    assert day(query, "Agent/211") == [("05", "08:00", "11:00", 9600, 1200, 0)]


def test_a_restart_ends_what_was_open(query):
    assert session(query, "A11.1") == (True, True, 10, 290, 1)
    assert session(query, "A11.2") == (False, True, 180, None, 0)
    assert legs(query, "A11.2") == [("closed", 180)]
    assert query("""
        select strftime(date_day, '%d'), busy_seconds
        from agent_analysis_daily
        where agent_id = 'PJSIP/111' and busy_seconds > 0
        order by date_day
    """) == [("05", 290), ("06", 60)]
    assert day(query, "Agent/x141") == [
        ("05", "08:00", "17:00", 32400, 0, 0), ("06", "08:00", "16:00", 28800, 0, 0),
    ]


def test_the_same_hour_as_file_and_as_table_counts_once(query):
    assert session(query, "dup.1") == (True, True, 10, 60, 1)
    assert legs(query, "dup.1") == [("accepted", 10)]
    assert query("""
        select sum(duplicate_row_count) > 0, sum(quarantined_row_count)
        from feed_quality
        where table_name in ('raw_session_events', 'raw_agent_events')
    """) == [(True, 0)]


def test_an_answer_by_nobody_is_an_answer(query):
    assert session(query, "H.1") == (True, True, 30, 100, 1)
    assert query("""
        select agents.agent_id, agents.agent_name, agents.company_id
        from fct_agent_contacts as contacts
        inner join dim_agents as agents on contacts.agent_id = agents.agent_id
        where contacts.session_id = 'H.1'
    """) == [("unknown", "unknown", "asterisk")]
    assert query("""
        select count(*) from staging.stg_agent_events where agent_id = 'unknown'
    """) == [(0,)]


def test_ringing_holds_and_wrap_up(query):
    assert query("""
        select session_id, event_type, agent_id, outcome, epoch(occurred_at) - 1709804000
        from staging.stg_session_events
        where session_id in ('H.1', 'H.2') and event_type in (
            'offered', 'offer_ended', 'held', 'resumed', 'wrap_up_started', 'wrap_up_ended'
        )
        order by session_id, occurred_at, event_type desc
    """) == [
        ("H.1", "offered", "Agent/7", None, 0),
        ("H.1", "offer_ended", "Agent/7", "missed", 12),
        ("H.1", "offered", "Agent/8", None, 12.5),
        ("H.1", "offer_ended", "Agent/8", "withdrawn", 14),
        ("H.1", "offered", "unknown", None, 15),
        ("H.1", "held", None, None, 40),
        ("H.1", "resumed", None, None, 55),
        ("H.2", "offered", "Agent/7", None, 206),
        ("H.2", "held", "Agent/7", None, 220),
        ("H.2", "resumed", "Agent/7", None, 240),
        ("H.2", "wrap_up_started", "Agent/7", None, 310),
        ("H.2", "wrap_up_ended", "Agent/7", None, 340),
    ]


def test_calls_pauses_and_dispositions_as_vicidial_writes_them(query):
    assert query("""
        select session_id, direction, initiated_by, customer_id, is_accepted, is_abandoned,
            closed_by, session_seconds
        from fct_sessions
        where session_id like 'V.%'
        order by session_id
    """) == [
        ("V.1", "outbound", "agent", "5551", True, False, "agent", 100),
        ("V.2", "inbound", "customer", "5552", False, True, "customer", None),
        ("V.3", "outbound", "agent", "5553", False, False, None, None),
    ]
    assert query("""
        select count(*) from staging.stg_session_events
        where session_id like 'V.%' and event_type = 'offered'
    """) == [(0,)]
    assert query("""
        select disposition from fct_agent_contacts where session_id = 'V.1'
    """) == [("SALE",)]
    assert query("""
        select state, reason, cast(sum(epoch(ended_at) - epoch(started_at)) as integer)
        from fct_agent_states
        where agent_id = 'Agent/vi' and state != 'idle'
        group by state, reason
        order by min(started_at)
    """) == [("break", "LOGIN", 60), ("busy", None, 100), ("break", "LUNCH", 595)]


def test_outbound_calls_told_at_their_end(query):
    assert query("""
        select session_id, direction, initiated_by, customer_id, epoch(started_at) - 1709910000,
            is_accepted, closed_by, session_seconds
        from fct_sessions
        where session_id like 'O.%'
        order by session_id
    """) == [
        ("O.1", "outbound", "agent", "5561", 870, True, None, 100),
        ("O.2", "outbound", "agent", "5562", 1175, False, None, None),
    ]
    assert query("""
        select sum(busy_seconds) from agent_analysis_daily where agent_id = 'SIP/outer'
    """) == [(100,)]


def test_words_for_nothing_in_a_table_of_the_queue_log(tmp_path: Path) -> None:
    pause = "2024-03-05 10:00:00,NONE,NULL,SIP/1,PAUSEALL,NULL,\\N,,null,x\n"
    put(tmp_path / "data", "queue_log.csv", CSV_HEADER + pause)
    read = Read("asterisk", tmp_path / "data")
    assert read.rows("select queuename, data1, data2, data3, data4, data5 from queue_log") == [
        (None, None, None, None, "null", "x"),
    ]
    # Asterisk's own file has no word for it.
    put(tmp_path / "log", "queue_log", "1|NONE|NULL|SIP/1|PAUSEALL")
    assert Read("asterisk", tmp_path / "log").rows("select queuename from queue_log") == [("NULL",)]
