"""The adapter amazon_connect: a small sample with figures worked out by hand, and input that isn't
what it should be."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from conftest import run_dbt

SAMPLE = Path(__file__).parent / "samples" / "amazon_connect"
INSTANCE = "arn:aws:connect:eu-central-1:012345678901:instance/i"


def querying(warehouse: Path, schema: str):
    def query(sql: str) -> list[tuple]:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            connection.execute(f"use {schema}")
            return connection.execute(sql).fetchall()

    query.warehouse = warehouse
    return query


@pytest.fixture(scope="module")
def query(tmp_path_factory, build_warehouse):
    # An instance has no zone of its own. Berlin's clocks go forward in the sample's second night.
    return querying(build_warehouse(
        tmp_path_factory.mktemp("amazon_connect"),
        adapters={"amazon_connect": SAMPLE},
        variables={"reporting_time_zone": "Europe/Berlin"},
    ), "marts")


# The sample's sessions on 30 March 2024 (UTC). First file without line breaks, not in order:
#
# session    contacts, and what they show                              queue        session
# c-01       came three times in two versions, with a supervisor
#            listening (c-18); 09:00:20, 09:00:50, 09:04:50            30           240
# c-02       c-02 Mei, cold transfer at 09:13:30 to c-03 Tom;
#            09:10:10, 09:10:30, 09:20:01                              20           571
# c-04       abandoned, 10:00:15 to 10:01:15                           (60)
# c-05       queued 10:10:10, a callback c-06 queued 10:12:10,
#            accepted 10:30:10, closed 10:35:10                        1,200        300
# c-07       chat, its customer has no address; 20 s, to 11:10:25      20           600
# c-08       task that nobody took in time, 11:20:00 to 11:50:00       (1,800)
# c-09       called by Tom, 12:00:12 to 12:02:12                       0            120
# c-10       only c-11 is there, which names it as the contact
#            before it; 12:10:05, 12:10:30, 12:15:30                   25           300
# c-12       Mei from 13:00:10; Tom (c-13) joins 13:02:20, Mei
#            leaves 13:03:00, Tom at 13:06:20                          10           370
# c-14       Kim 13:15:20 to 13:20:00, then a flow (c-15) for 40 s     20           320
# c-17       begins 22:59:50, 23:59:50 in Berlin; 23:00:10, 23:01:10   20           60
# c-16       on the 31st, queued 00:50:00, accepted 01:10:00, closed
#            01:20:00: the clocks went from 2:00 to 3:00 meanwhile     1,200        600
# c-19       ends "soon": still open; 14:00:00, 14:00:05               5
def test_sessions(query):
    assert query("""
        select
            session_id, channel_id, direction, customer_id, is_accepted, is_closed, queue_seconds,
            session_seconds, closed_by_agent_id
        from fct_sessions
        order by session_id
    """) == [
        ("c-01", "voice", "inbound", "+49301234567", True, True, 30, 240, "a1-mei"),
        ("c-02", "voice", "inbound", "+49301111111", True, True, 20, 571, None),
        ("c-04", "voice", "inbound", "+49301234567", False, True, 60, None, None),
        ("c-05", "voice", "inbound", "+49301234567", True, True, 1200, 300, None),
        ("c-07", "chat", "inbound", "ana", True, True, 20, 600, None),
        ("c-08", "task", "inbound", None, False, True, 1800, None, None),
        ("c-09", "voice", "outbound", "+49301234567", True, True, 0, 120, "a2-tom"),
        ("c-10", "voice", None, "+49301234567", True, True, 25, 300, None),
        ("c-12", "voice", "inbound", "+49301234567", True, True, 10, 370, None),
        ("c-14", "voice", "inbound", "+49301234567", True, True, 20, 320, None),
        ("c-16", "voice", "inbound", "+49301234567", True, True, 1200, 600, None),
        ("c-17", "voice", "inbound", "+49301234567", True, True, 20, 60, None),
        ("c-19", "voice", "inbound", "+49301234567", True, False, 5, None, None),
    ]


def test_queue_legs(query):
    # The callback was taken after two minutes; nobody abandoned the task.
    assert query("""
        select session_id, skill_id, outcome, queue_seconds
        from fct_queue_legs
        where session_id in ('c-02', 'c-04', 'c-05', 'c-08')
        order by session_id, leg_number
    """) == [
        ("c-02", "q-billing", "accepted", 20),
        ("c-02", "q-tech", "accepted", 30),
        ("c-04", "q-billing", "abandoned", 60),
        ("c-05", "q-billing", "dequeued", 120),
        ("c-05", "q-billing", "accepted", 1080),
        ("c-08", "q-tech", "dequeued", 1800),
    ]


def test_agent_contacts(query):
    # In c-12 Mei's ends when Tom joins (13:02:20), though she leaves 40 s later; in c-14 Kim's ends
    # before the session does. Kim is in no group.
    assert query("""
        select
            session_id, agent_id, team_id, skill_id, contact_seconds, is_transferred_out,
            is_transferred_in, cast(accepted_date as varchar)
        from fct_agent_contacts
        order by accepted_at
    """) == [
        ("c-01", "a1-mei", "g-berlin", "q-billing", 240, False, False, "2024-03-30"),
        ("c-02", "a1-mei", "g-berlin", "q-billing", 180, True, False, "2024-03-30"),
        ("c-02", "a2-tom", "g-bonn", "q-tech", 360, False, True, "2024-03-30"),
        ("c-05", "a2-tom", "g-bonn", "q-billing", 300, False, False, "2024-03-30"),
        ("c-07", "a1-mei", "g-berlin", "q-tech", 600, False, False, "2024-03-30"),
        ("c-09", "a2-tom", "g-bonn", "q-billing", 120, False, False, "2024-03-30"),
        ("c-10", "a3-kim", None, "q-tech", 300, False, False, "2024-03-30"),
        ("c-12", "a1-mei", "g-berlin", "q-billing", 130, True, False, "2024-03-30"),
        ("c-12", "a2-tom", "g-bonn", "q-billing", 240, False, True, "2024-03-30"),
        ("c-14", "a3-kim", None, "q-tech", 280, False, False, "2024-03-30"),
        ("c-19", "a2-tom", "g-bonn", "q-tech", None, False, False, "2024-03-30"),
        ("c-17", "a3-kim", None, "q-tech", 60, False, False, "2024-03-31"),
        ("c-16", "a3-kim", None, "q-tech", 600, False, False, "2024-03-31"),
    ]


def test_agent_days(query):
    # Mei logs in at 07:55 but is offline until 08:00, which is her login, and from 12:00 to 12:30:
    # present 5.5 h of 6.
    # Busy 09:00:50 to 09:06:50 (the end of her after-contact work was lost; a heartbeat tells it),
    # 09:10:30 to 09:14:00, 11:00:25 to 11:10:25 and 13:00:10 to 13:03:30: 360 + 210 + 600 + 200.
    # Lunch 30 min. A heartbeat after her logout says that she is available, and is an echo.
    # Tom's first sign is a heartbeat at 09:00; he leaves at 15:00. Busy with a call that rang for
    # 20 s and was missed, 360, 300, 148 (a call and its work during a training), 240. Training
    # 11:55:00 to 12:00:12 and 12:02:40 to 12:30:00. His logout came twice.
    # Kim works 22:00 to 02:00, in Berlin 23:00 to 4:00: an hour before midnight, 3 hours after it,
    # 60 + 600 s of them busy. The clocks take an hour from the night, not from Kim.
    assert query("""
        select
            agent_id, cast(date_day as varchar), strftime(first_login_at, '%d %H:%M'),
            strftime(last_logout_at, '%d %H:%M'), idle_seconds, busy_seconds, break_seconds
        from agent_analysis_daily
        where idle_seconds > 0
        order by all
    """) == [
        ("a1-mei", "2024-03-30", "30 08:00", "30 14:00", 19800 - 1370 - 1800, 1370, 1800),
        ("a2-tom", "2024-03-30", None, "30 15:00", 21600 - 1068 - 1952, 1068, 1952),
        ("a3-kim", "2024-03-30", "30 22:00", None, 3600, 0, 0),
        ("a3-kim", "2024-03-31", None, "31 02:00", 10800 - 660, 660, 0),
    ]


def test_names(query):
    # The queue of c-01 was called Bills in the older version of the record.
    assert query("select skill_id, skill_name from dim_skills order by all") == [
        ("q-billing", "Billing"), ("q-tech", "Technical"),
    ]
    assert query("select agent_id, agent_name from dim_agents order by all") == [
        ("a1-mei", "mei"), ("a2-tom", "tom"), ("a3-kim", "kim"),
    ]
    assert query("select team_id, team_name from dim_teams order by all") == [
        ("g-berlin", "Berlin"), ("g-bonn", "Bonn"),
    ]
    assert query("select channel_id, is_voice, is_digital from dim_channels order by all") == [
        ("chat", False, True), ("task", False, False), ("voice", True, False),
    ]


def test_nothing_vanishes(query):
    # Events of the sessions: 3 + 6 + 3 + 5 + 3 + 3 + 2 + 3 + 5 + 4 + 3 + 3 + 3, the beginning and
    # end of after-contact work of 12 contacts, and a hold. Of the 44 agent events (a logout came
    # twice) 3 heartbeats repeat what is known, a login is offline and comes later, another says a
    # state.
    assert query("""
        select table_name, raw_row_count, accepted_row_count, duplicate_row_count
        from feed_quality
        where table_name in ('raw_sessions', 'raw_session_events', 'raw_agent_events')
        order by table_name
    """) == [
        ("raw_agent_events", 42, 40, 1),
        ("raw_session_events", 71, 70, 0),
        ("raw_sessions", 14, 13, 0),
    ]
    assert query("select table_name, row_key, reason from quarantined_rows order by all") == [
        ("raw_agent_events", "e-043", "bad_value"),  # an EventType that isn't known
        ("raw_session_events", "c-19/closed", "bad_timestamp"),
        ("raw_sessions", None, "missing_key"),  # a record without ContactId
    ]


def test_what_amazon_connect_does_not_measure(query):
    assert query("select table_name from feed_quality where not is_measured order by all") == [
        ("raw_calendar_assignments",), ("raw_calendar_exceptions",), ("raw_calendar_hours",),
        ("raw_calendars",), ("raw_campaigns",), ("raw_evaluations",), ("raw_focus_events",),
        ("raw_messages",), ("raw_skill_targets",), ("raw_sla_policies",),
        ("raw_survey_requests",), ("raw_tag_events",),
    ]
    assert query("""
        select count(valid_session_count), count(unreplied_session_count),
            count(avg_first_response_seconds), count(evaluated_session_count)
        from agent_analysis_daily
    """) == [(0, 0, 0, 0)]
    counted = "select count(focus_seconds), count(disposition) from fct_agent_contacts"
    assert query(counted) == [(0, 0)]
    assert query("select count(*) from digital_metrics_by_tag_daily") == [(0,)]


def build(folder: Path, data: Path) -> str:
    """What dbt says of a build of the adapter's own models, its exit code in front."""
    result = run_dbt(
        "build", folder / "adapter.duckdb", "--select", "path:models/adapters",
        "--exclude-resource-type", "unit_test",
        variables={"adapters": {"amazon_connect": str(data)}},
    )
    return f"exit {result.returncode}\n{result.stdout}"


def contact(contact_id: str, **fields) -> str:
    return json.dumps({
        "ContactId": contact_id, "Channel": "VOICE", "InitiationMethod": "INBOUND",
        "InstanceARN": INSTANCE, "InitiationTimestamp": "2024-03-05T10:00:00Z",
        "DisconnectTimestamp": "2024-03-05T10:05:00Z", **fields,
    }, ensure_ascii=False)


def test_faults_of_the_sample_are_told(tmp_path):
    said = build(tmp_path, SAMPLE)
    assert said.startswith("exit 0\n"), said
    assert "a9d4.jsonl', line 8, record 1 has no EventType that is known." in said
    assert "7be1', line 10, record 1 has no ContactId." in said
    assert "7be1', line 11, record 1 is no whole JSON object." in said
    assert said.count("File '") == 3
    assert "doesn't know" not in said


def test_files_of_any_name_packed_or_not_however_records_are_divided(tmp_path):
    data = tmp_path / "it's [all] here" / "2024"
    data.mkdir(parents=True)
    (data / "stream-1-2024").write_text(contact("a") + contact("b") + " " + contact("c"))
    (data / "more.json").write_text("\ufeff" + contact("d") + "\r\n\r\n" + contact("e"), newline="")
    with gzip.open(data / "packed.GZ", "wt") as packed:
        packed.write(contact("f") + contact("g") + "\n" + contact("h")[:20])
    for name in ("_SUCCESS", ".hidden"):
        (data / name).write_text("no JSON")
    said = build(tmp_path, data.parent)
    assert said.startswith("exit 0\n"), said
    assert "packed.GZ', line 2, record 1 is no whole JSON object" in said
    assert said.count("File '") == 1
    sessions = querying(tmp_path / "adapter.duckdb", "adapters")(
        "select session_id from amazon_connect_sessions order by all"
    )
    assert [row[0] for row in sessions] == list("abcdefg")


def test_lines_that_cannot_be_read_are_reported_and_the_rest_is_used(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    queue = {"Queue": {"Name": "Zürich"}}
    (data / "latin").write_bytes(
        "\n".join([contact("a"), contact("b", **queue), contact("c")]).encode("latin-1")
    )
    (data / "two_bytes").write_bytes(contact("d").encode("utf-16"))
    (data / "values.csv").write_text("ContactId;Channel\ne;VOICE\n")
    (data / "array").write_text("[\n" + contact("x") + ",\n" + contact("y") + "\n]\n{}\n")
    (data / "pretty").write_text(json.dumps(json.loads(contact("z")), indent=2))
    (data / "words").write_text(contact("w", DisconnectReason="VANISHED"))
    (data / "whole").write_text(
        contact("f", **queue) + contact("h", Attributes={"name": "Élodie"})
        + '{"ContactId":"g","Queue'
    )
    said = build(tmp_path, data)
    assert said.startswith("exit 0\n"), said
    assert "latin', line 2 isn't UTF-8; it was read as Windows-1252" in said
    assert "values.csv', line 2, record 1 is no whole JSON object." in said
    assert "whole', line 1, record 3 is no whole JSON object." in said
    assert "array' has records over several lines or in an array" in said
    assert "Left out: 3 line(s)" in said and "array', line 5, record 1 has no ContactId." in said
    assert "pretty' has records over several lines" in said and "pretty', line" not in said
    assert "jq -c '.[]' FILE" in said and "further records" not in said
    assert "disconnect reason         1  VANISHED" in said
    query = querying(tmp_path / "adapter.duckdb", "adapters")
    assert query("select session_id from amazon_connect_sessions order by all") == [
        ("a",), ("b",), ("c",), ("d",), ("f",), ("h",), ("w",), ("y",), (None,),
    ]
    assert query("select skill_id from amazon_connect_skills") == [("Zürich",)]


@pytest.mark.parametrize("content", ["", "no JSON\n"])
def test_folder_without_a_record_stops_the_build(tmp_path, content):
    data = tmp_path / "data"
    data.mkdir()
    if content:
        (data / "file").write_text(content)
    said = build(tmp_path, data)
    assert not said.startswith("exit 0\n")
    assert ("none over several lines (jq -c ." if content else "holds no file") in said


def test_without_agent_events_states_are_not_measured(tmp_path, build_warehouse):
    (tmp_path / "record").write_text(contact("a"))
    query = querying(build_warehouse(
        tmp_path, adapters={"amazon_connect": tmp_path / "record"},
        select="+agent_analysis_daily +feed_quality",
    ), "marts")
    assert query("""
        select is_measured from feed_quality where table_name = 'raw_agent_events'
    """) == [(False,)]
    assert query("select count(idle_seconds) from agent_analysis_daily") == [(0,)]
