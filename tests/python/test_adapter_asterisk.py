"""The adapter asterisk: a small queue_log with figures worked out by hand, random ones against a
second computation, and files that are not what they should be."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import asterisk_reference
import asterisk_reference_agents
from asterisk_random import random_log
from conftest import run_dbt
from test_intake_adapters import Read, put

SAMPLE = Path(__file__).parent / "samples" / "asterisk"
ZONE = {"asterisk_time_zone": "Europe/Berlin"}
# Seconds in the sample are counted from here: 2:00 in Berlin, in the night when its clocks go back.
START = 1729987200


@pytest.fixture(scope="module")
def query(tmp_path_factory, build_warehouse) -> Callable[[str], list[tuple]]:
    warehouse = build_warehouse(
        tmp_path_factory.mktemp("asterisk"), adapters={"asterisk": SAMPLE}, variables=ZONE
    )

    def run(sql: str) -> list[tuple]:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            connection.execute("use marts")
            return connection.execute(sql).fetchall()

    return run


# The sample's calls, seconds from START. queue_log-20241027 ends where queue_log, which repeats its
# last seven lines, goes on; queue_log_table.csv is a table's export with local times.
#
# call  queued    accepted by              ended           what it shows
# .1    -         0 by Agent/3             30              CONNECT without ENTERQUEUE: no session
# .11   200       220 by Agent/1           320 customer    30 s of wrap-up after it
# .12   400       -                        430 abandoned
# .13   500       -                                        timeout at 540, queued again in
#       541       551 by SIP/102                           ... support, transferred at 651 to
#       651       661 by Agent/1           761 agent       ... sales
# .14   -         -                        1300 system     refused: nobody was there
# .15   1400      -                        1405 system     timeout
# .16   "yesterday"                                        no such time
# .17   1500      1510 by Agent/1          1700 agent      who logs off at 1600
# .18   1800      1810 by SIP/102          -               its end is missing
# .19   1900      1910 by SIP/102          1970 customer
# .20   2000      -                        2030 abandoned
# .21   2100      2110 by SIP/102          2120 agent      goes on, into
#       2130      2140 by SIP/102          2150 customer   ... survey
# .41   3590.25   3610.25 by SIP/105       3910.25 agent   the wall shows 2:59:50, 2:00:10, 2:05:10
class TestSample:
    def test_sessions(self, query):
        # Queue seconds of .13: 40 until the timeout, then 10; session seconds from the first
        # acceptance to the last close: 551 to 761, and for .21 2110 to 2150.
        assert query("""
            select
                split_part(session_id, '.', 2), customer_id, is_accepted, is_closed,
                queue_seconds, session_seconds, closed_by_agent_id, agent_contact_count
            from fct_sessions
            order by started_at
        """) == [
            ("11", "600111", True, True, 20, 100, None, 1),
            ("12", "600222", False, True, 30, None, None, 0),
            ("13", "600333", True, True, 50, 210, "Agent/1", 2),
            ("14", None, False, True, None, None, None, 0),
            ("15", 'anonymous "x"', False, True, 5, None, None, 0),
            ("17", "600555", True, True, 10, 190, "Agent/1", 1),
            ("18", "600666", True, False, 10, None, None, 1),
            ("19", "600777", True, True, 10, 60, None, 1),
            ("20", "600888", False, True, 30, None, None, 0),
            ("21", "600111", True, True, 10, 40, None, 2),
            ("41", "600,999", True, True, 20, 300, "SIP/105", 1),
        ]
        assert query("""
            select distinct company_id, channel_id, direction, initiated_by, is_voice,
                cast(session_date as varchar)
            from fct_sessions
        """) == [("asterisk", "voice", "inbound", "customer", True, "2024-10-27")]

    def test_contacts(self, query):
        assert query(f"""
            select
                split_part(session_id, '.', 2), agent_id, skill_id, epoch(accepted_at) - {START},
                contact_seconds, ended_by, is_transferred_out, is_transferred_in
            from fct_agent_contacts
            order by accepted_at
        """) == [
            ("11", "Agent/1", "sales", 220, 100, "closed", False, False),
            ("13", "SIP/102", "support", 551, 100, "transferred", True, False),
            ("13", "Agent/1", "sales", 661, 100, "closed", False, True),
            ("17", "Agent/1", "sales", 1510, 190, "closed", False, False),
            ("18", "SIP/102", "support", 1810, None, None, False, False),
            ("19", "SIP/102", "support", 1910, 60, "closed", False, False),
            ("21", "SIP/102", "support", 2110, 10, "closed", False, False),
            ("21", "SIP/102", "survey", 2140, 10, "closed", False, False),
            ("41", "SIP/105", "sales", 3610.25, 300, "closed", False, False),
        ]

    def test_queue_legs(self, query):
        assert query("""
            select outcome, count(*), sum(queue_seconds)
            from fct_queue_legs
            group by outcome
            order by outcome
        """) == [
            ("abandoned", 2, 60),
            ("accepted", 9, 110),
            ("dequeued", 2, 45),
        ]

    def test_agent_states(self, query):
        # Agent/1 from 100 to 1600. Busy: 220 to 350 with the wrap-up, 661 to 761, 1510 to logout.
        # Break: 900 to 1000, when both queues are paused (not 800, when one is), and 1100 to 1200,
        # however many PAUSEALL and UNPAUSEALL there are.
        # SIP/102 never logs in: from its first call at 551 to the end of the data at 3910.25. Busy:
        # 551 to 651, 1810 to 1910, where its next call says that the lost one is over, to 1970, and
        # twice 10 s. SIP/105 has one call. Agent/3's CONNECT changes nothing.
        assert query("""
            select
                agent_id, epoch(first_login_at) - 1729987200, epoch(last_logout_at) - 1729987200,
                idle_seconds, busy_seconds, break_seconds
            from agent_analysis_daily
            order by agent_id
        """) == [
            ("Agent/1", 100, 1600, 980, 320, 200),
            ("SIP/102", None, None, 3079.25, 280, 0),
            ("SIP/105", None, None, 0, 300, 0),
        ]

    def test_marts(self, query):
        # Queue: 20 + 50 + 10 + 10 + 10 + 10 + 20; sessions: 100 + 210 + 190 + 60 + 40 + 300.
        assert query("""
            select
                session_count, human_session_count, avg_queue_seconds, avg_session_seconds,
                valid_session_count, evaluated_session_count, avg_first_response_seconds,
                avg_response_seconds
            from session_analysis_aggregated
        """) == [(11, 7, 130 / 7, 150, None, None, None, None)]

    def test_nothing_vanishes(self, query):
        # Session events by call: 3, 3, 8, 1, 3, 3, 2, 3, 3, 7 with a reopening, 3; and 9 that ring
        # before an answer, one that rings in vain, with its end, and a wrap-up with its own. Left
        # out: two of .1, .16, SURPRISE and the last line of queue_log, which breaks off. The seven
        # repeated lines are ten events of sessions and two of agents.
        # Agent events: Agent/1's login and logout, 2 memberships, 3 pauses in a queue, 4 in all and
        # 3 ends of them, 2 calls and their ends, wrap-up and its end, the call cut by the logout;
        # SIP/102's 5 calls with their ends; SIP/105's.
        assert query("""
            select table_name, raw_row_count, accepted_row_count, duplicate_row_count,
                quarantined_row_count
            from feed_quality
            where is_measured
            order by table_name
        """) == [
            ("raw_agent_events", 35, 33, 2, 0),
            ("raw_agents", 4, 4, 0, 0),
            ("raw_channels", 1, 1, 0, 0),
            ("raw_companies", 1, 1, 0, 0),
            ("raw_session_events", 67, 52, 10, 5),
            ("raw_sessions", 12, 11, 0, 1),
        ]
        assert query("""
            select table_name, reason, json_extract_string(row_text, '$.event_type')
            from quarantined_rows
            order by all
        """) == [
            ("raw_session_events", "bad_timestamp", "queued"),
            ("raw_session_events", "bad_value", "SURPRISE"),
            ("raw_session_events", "bad_value", "no event"),
            ("raw_session_events", "unknown_session", "accepted"),
            ("raw_session_events", "unknown_session", "closed"),
            ("raw_sessions", "bad_timestamp", None),
        ]

    def test_what_a_queue_log_does_not_measure(self, query):
        assert query("""
            select
                count(message_count), count(unreplied_session_count), count(response_count),
                count(evaluated_session_count), count(avg_first_response_seconds)
            from agent_analysis_daily
        """) == [(0, 0, 0, 0, 0)]
        assert query("""
            select
                sum(agent_contact_count), count(agent_contact_seconds), count(focus_seconds),
                count(response_count), count(closed_session_count), min(first_response_rate)
            from digital_metrics_aggregated
        """) == [(9, 0, 0, 0, 0, 1)]
        assert query("select count(*) from tag_metrics_daily") == [(0,)]


def test_random_logs_agree_with_a_second_computation(tmp_path):
    whole, half = [], []
    for seed in range(150):
        lines = random_log(random.Random(seed), str(seed), START + 400_000 * seed, 80)
        cut = len(lines) // 2
        whole += lines[:cut]
        half += lines[max(cut - 5, 0):]
    (tmp_path / "queue_log.1").write_text("\n".join(whole) + "\n")
    (tmp_path / "queue_log").write_text("\n".join(half) + "\n")
    said = build_adapter(tmp_path, tmp_path)
    assert said.startswith("exit 0\n"), said
    lines = asterisk_reference.read([whole, half])
    assert rows(tmp_path, "sessions", "session_id, customer_id, direction, {started_at}") == sorted(
        asterisk_reference.sessions(lines), key=str
    )
    agent_events, periods = asterisk_reference_agents.agent_events(lines)
    assert rows(
        tmp_path, "agent_events", "agent_id, {occurred_at}, event_type, state, reason",
        "agent_id, occurred_at, event_seq",
    ) == sorted(agent_events, key=lambda row: (row[0], row[1]))
    expected = sorted(
        asterisk_reference.session_events(lines)
        + asterisk_reference_agents.further_session_events(lines, periods),
        key=lambda row: (str(row[0]), row[1], row[-1]),
    )
    expected = [row[:-1] for row in expected]
    found = rows(
        tmp_path, "session_events",
        "session_id, {occurred_at}, event_type, actor_type, agent_id, skill_id,"
        " coalesce(reason, disposition), outcome",
        "coalesce(session_id, 'None'), occurred_at, event_seq",
    )
    assert [row for row in found if row[0]] == [row for row in expected if row[0]]
    # What lies before a session's beginning is in no order.
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_files_of_all_kinds_with_faults(tmp_path):
    # Windows-1252, CRLF, an empty line, a line of 12 fields, one that breaks off, and a file that
    # only its header line says to be a CSV, with a line that is too short.
    (tmp_path / "queue_log").write_bytes(
        b"1730000000|1.1|sales|NONE|ENTERQUEUE||Jos\xe9|1\r\n\r\n"
        b"1730000001|1.1|sales|NONE|ABANDON|1|1|1|4|5|6|7\r\n1730000002|1.2|sa"
    )
    (tmp_path / "queue_log-export").write_text(
        "event,time,callid,queuename,agent,data1,data2,data3,data4,data5\n"
        "ENTERQUEUE,1730000003.5,1.3,sales,NONE,,600,1,,\nABANDON,1730000004,1.3\n"
    )
    said = build_adapter(tmp_path, tmp_path)
    assert said.startswith("exit 0\n"), said
    assert "queue_log', line 1 isn't UTF-8" in said
    assert "queue_log', line 3 has too few fields or too many" in said
    assert "queue_log', line 4 has too few fields or too many" in said
    assert "queue_log-export', line 3 has too few values" in said
    assert said.count("File '") == 4
    assert rows(tmp_path, "sessions", "session_id, customer_id, {started_at}") == [
        ("1.1", "José", 1730000000), ("1.3", "600", 1730000003.5),
    ]
    assert rows(tmp_path, "session_events", "session_id, event_type, skill_id", "event_seq") == [
        ("1.1", "queued", "sales"), ("1.1", "abandoned", None), ("1.1", "closed", None),
        ("1.2", "no event", "sa"),
        ("1.3", "queued", "sales"), ("1.3", "abandoned", None), ("1.3", "closed", None),
    ]


def test_a_table_in_another_zone_is_named(tmp_path):
    (tmp_path / "queue_log").write_text(
        "1730000000|a.1|sales|NONE|ENTERQUEUE||600|1\n1730000005|a.1|sales|NONE|ABANDON|1|1|5\n"
    )
    (tmp_path / "queue_log.csv").write_text(
        "time,callid,queuename,agent,event,data1,data2,data3,data4,data5\n"
        "2024-10-27 03:33:20.5,a.1,sales,NONE,ENTERQUEUE,,600,1,,\n"
        "2024-10-27 03:33:25.5,a.1,sales,NONE,ABANDON,1,1,5,,\n"
    )
    said = build_adapter(tmp_path, tmp_path, asterisk_time_zone="Asia/Baku")
    assert "differ by more than a second (1, for example 'a.1'), so" in said
    assert "differ by" not in build_adapter(tmp_path, tmp_path, asterisk_time_zone="UTC")


def test_unknown_zone_is_named(tmp_path):
    said = build_adapter(tmp_path, SAMPLE, "asterisk_log", asterisk_time_zone="Berlin")
    assert not said.startswith("exit 0\n")
    assert "Variable asterisk_time_zone is 'Berlin' but must be empty or an IANA time zone" in said


def build_adapter(
    folder: Path, place: Path, select: str = "path:models/adapters", **variables: str
) -> str:
    """What dbt says of a build of the adapter's own models; its exit code in front."""
    result = run_dbt(
        "run", folder / "adapter.duckdb", "--select", select,
        variables={"adapters": {"asterisk": str(place)}, **variables},
    )
    return f"exit {result.returncode}\n{result.stdout}"


def rows(folder: Path, table: str, columns: str, order: str = "all") -> list[tuple]:
    """Rows of a model of the adapter; {name} is an instant in seconds."""
    for name in ("started_at", "occurred_at"):
        columns = columns.replace(f"{{{name}}}", f"epoch(cast({name} as timestamp))")
    with duckdb.connect(str(folder / "adapter.duckdb"), read_only=True) as connection:
        return connection.execute(
            f"select {columns} from adapters.asterisk_{table} order by {order}"
        ).fetchall()


def test_queue_log_with_11_fields(tmp_path: Path) -> None:
    """Asterisk writes so many only of an attended transfer of two bridges."""
    line = "1|1.1|q|a|{}|1|2|3|4|5|{}\n"
    lines = line.format("ATTENDEDTRANSFER", "6") + line.format("DID", "") + line.format("DID", "6")
    put(tmp_path / "data", "queue_log", lines)
    read = Read("asterisk", tmp_path / "data")
    assert read.remarks.count("too many") == 1 and "line 3 has" in read.remarks
