"""The adapter amazon_connect on what people reported: short stories, each with the figures that its
own records say."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

EXTERNAL = Path(__file__).parent / "samples" / "amazon_connect_reports" / "external_transfers.json"
INSTANCE = "arn:aws:connect:us-east-1:123456789012:instance/inst-1"


def at(time: str, day: int = 5) -> str:
    return f"2024-03-{day:02}T{time}Z"


def record(contact_id: str, begin: str, end: str, **fields) -> str:
    return json.dumps({
        "ContactId": contact_id, "Channel": "VOICE", "InitiationMethod": "INBOUND",
        "InstanceARN": INSTANCE, "InitiationTimestamp": begin, "DisconnectTimestamp": end,
        "DisconnectReason": "CUSTOMER_DISCONNECT", **fields,
    })


def agent(name: str, connected: str, **fields) -> dict:
    return {"ARN": f"{INSTANCE}/agent/{name}", "ConnectedToAgentTimestamp": connected, **fields}


def queue(enqueued: str, dequeued: str) -> dict:
    return {"Name": "help", "EnqueueTimestamp": enqueued, "DequeueTimestamp": dequeued}


def event(name: str, time: str, kind: str, status: str, *contacts: dict) -> str:
    return json.dumps({
        "EventId": f"{name}/{time}/{kind}", "EventType": kind, "EventTimestamp": time,
        "AgentARN": f"{INSTANCE}/agent/{name}", "InstanceARN": INSTANCE,
        "CurrentAgentSnapshot": {
            "AgentStatus": {"Name": status, "Type": {
                "Available": "ROUTABLE", "Offline": "OFFLINE"}.get(status, "CUSTOM")},
            "Contacts": list(contacts),
        },
    })


def contact(contact_id: str, state: str, since: str) -> dict:
    return {"ContactId": contact_id, "State": state, "StateStartTimestamp": since,
            "InitiationMethod": "INBOUND"}


RECORDS = [
    # Ann consults Bob, goes into after-contact work at 10:08 and leaves Bob with the customer.
    record("w1", at("10:00:00"), at("10:20:00"), NextContactId="w2",
           Agent=agent("ann", at("10:00:00"),
                       AfterContactWorkStartTimestamp=at("10:08:00"),
                       AfterContactWorkEndTimestamp=at("10:08:30"))),
    record("w2", at("10:05:00"), at("10:20:00"), InitialContactId="w1", PreviousContactId="w1",
           InitiationMethod="TRANSFER", Agent=agent("bob", at("10:06:00"))),
    # A conference: Ann and Bob stay to the end.
    record("k1", at("11:00:00"), at("11:20:00"), NextContactId="k2",
           Agent=agent("ann", at("11:00:00"), AfterContactWorkStartTimestamp=at("11:20:00"))),
    record("k2", at("11:05:00"), at("11:20:00"), InitialContactId="k1", PreviousContactId="k1",
           InitiationMethod="TRANSFER", Agent=agent("bob", at("11:06:00"))),
    # In the evening the customer takes a callback, which is queued in the morning.
    record("c1", at("20:00:00"), at("20:05:10"), NextContactId="c2",
           DisconnectReason="CONTACT_FLOW_DISCONNECT",
           Queue=queue(at("20:00:00"), at("20:05:00"))),
    record("c2", at("20:05:00"), at("09:05:00", 6), InitialContactId="c1", PreviousContactId="c1",
           InitiationMethod="CALLBACK", Queue=queue(at("09:00:00", 6), at("09:01:00", 6)),
           Agent=agent("bob", at("09:01:00", 6))),
    # After a minute a flow takes the customer out of the queue, to a voicemail.
    record("v1", at("12:00:00"), at("12:03:00"), Queue=queue(at("12:00:00"), at("12:01:00"))),
    # Held twice, as the agent's events show it; offered to Bob before, who missed it.
    record("h1", at("13:00:00"), at("13:10:00"), Queue=queue(at("13:00:00"), at("13:00:30")),
           Agent=agent("ann", at("13:00:30"), CustomerHoldDuration=90,
                       AfterContactWorkDuration=45)),
]

EVENTS = [
    event("bob", at("13:00:05"), "STATE_CHANGE", "Available",
          contact("h1", "CONNECTING", at("13:00:05"))),
    event("bob", at("13:00:20"), "STATE_CHANGE", "Available",
          contact("h1", "MISSED", at("13:00:20"))),
    event("ann", at("13:00:21"), "STATE_CHANGE", "Available",
          contact("h1", "CONNECTING", at("13:00:21"))),
    event("ann", at("13:00:30"), "STATE_CHANGE", "Available",
          contact("h1", "CONNECTED", at("13:00:30"))),
    event("ann", at("13:02:00"), "STATE_CHANGE", "Available",
          contact("h1", "CONNECTED_ONHOLD", at("13:02:00"))),
    event("ann", at("13:03:00"), "STATE_CHANGE", "Available",
          contact("h1", "CONNECTED", at("13:03:00"))),
    event("ann", at("13:05:00"), "STATE_CHANGE", "Available",
          contact("h1", "CONNECTED_ONHOLD", at("13:05:00"))),
    event("ann", at("13:05:30"), "STATE_CHANGE", "Available",
          contact("h1", "CONNECTED", at("13:05:30"))),
    event("ann", at("13:10:45"), "LOGOUT", "Available"),
    # Kim logs in offline, works over midnight and leaves the browser open.
    event("kim", at("22:00:00"), "LOGIN", "Offline"),
    event("kim", at("22:05:00"), "STATE_CHANGE", "Available"),
    event("kim", at("02:00:00", 6), "STATE_CHANGE", "Offline"),
    event("kim", at("08:00:00", 7), "LOGOUT", "Offline"),
]


@pytest.fixture(scope="module")
def query(tmp_path_factory, build_warehouse) -> Callable[..., list[tuple]]:
    folder = tmp_path_factory.mktemp("amazon_connect_reports")
    data = folder / "data"
    data.mkdir()
    shutil.copy(EXTERNAL, data)
    (data / "records").write_text("".join(RECORDS))
    (data / "events").write_text("".join(EVENTS))
    warehouse = build_warehouse(
        folder, adapters={"amazon_connect": data},
        select="+agent_analysis_daily +fct_queue_legs +fct_agent_contacts +fct_sessions"
        " +stg_measured_events",
    )

    def run(sql: str, *values: object) -> list[tuple]:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            connection.execute("use marts")
            return connection.execute(sql, values).fetchall()

    return run


def contacts(query, session_id: str) -> list[tuple]:
    return query(
        "select agent_id, contact_seconds, is_transferred_out, is_transferred_in"
        " from fct_agent_contacts where session_id = ? order by accepted_at", session_id,
    )


def legs(query, session_id: str) -> list[tuple]:
    return query(
        "select outcome, queue_seconds from fct_queue_legs where session_id = ?"
        " order by queued_at", session_id,
    )


def test_who_sends_the_customer_to_an_outside_number_leaves_then(query):
    assert contacts(query, "C1") == [("agC1", 420, True, False)]
    assert contacts(query, "M2a") == [("agM2", 420, True, False)]
    assert query("""
        select session_id, queue_seconds, session_seconds, closed_by_agent_id
        from fct_sessions
        where session_id in ('C1', 'M2a')
        order by session_id
    """) == [("C1", 120, 1620, None), ("M2a", 120, 1620, None)]


def test_a_consultation_that_goes_on_is_a_transfer(query):
    assert contacts(query, "w1") == [("ann", 360, True, False), ("bob", 840, False, True)]


def test_a_conference_is_no_transfer(query):
    # Ann's part is hers alone until Bob joins: agent contacts of a session never overlap.
    assert contacts(query, "k1") == [("ann", 360, False, False), ("bob", 840, False, False)]


def test_the_night_before_a_callback_is_no_waiting(query):
    assert legs(query, "c1") == [("dequeued", 300), ("accepted", 60)]
    assert query("select queue_seconds from fct_sessions where session_id = 'c1'") == [(360,)]


def test_who_was_taken_out_of_the_queue_has_not_abandoned_it(query):
    assert legs(query, "v1") == [("dequeued", 60)]


def test_a_shift_across_midnight_has_no_logout_on_its_first_day(query):
    assert query("""
        select strftime(date_day, '%d'), strftime(first_login_at, '%H:%M'),
            strftime(last_logout_at, '%H:%M'), idle_seconds
        from agent_analysis_daily
        where agent_id = 'kim'
        order by date_day
    """) == [("05", "22:05", None, 6900), ("06", None, "02:00", 7200)]


def test_ringing_holds_and_work(query):
    assert query("""
        select event_type, agent_id, outcome, strftime(occurred_at, '%H:%M:%S')
        from staging.stg_session_events
        where session_id = 'h1' and event_type in (
            'offered', 'offer_ended', 'held', 'resumed', 'wrap_up_started', 'wrap_up_ended'
        )
        order by occurred_at
    """) == [
        ("offered", "bob", None, "13:00:05"),
        ("offer_ended", "bob", "missed", "13:00:20"),
        ("offered", "ann", None, "13:00:21"),
        ("held", "ann", None, "13:02:00"),
        ("resumed", "ann", None, "13:03:00"),
        ("held", "ann", None, "13:05:00"),
        ("resumed", "ann", None, "13:05:30"),
        ("wrap_up_started", "ann", None, "13:10:00"),
        ("wrap_up_ended", "ann", None, "13:10:45"),
    ]
    # C1's record says for how long, not when: right before its agent leaves.
    assert query("""
        select event_type, strftime(occurred_at, '%H:%M:%S')
        from staging.stg_session_events
        where session_id = 'C1' and event_type in (
            'held', 'resumed', 'wrap_up_started', 'wrap_up_ended'
        )
        order by occurred_at, event_type
    """) == [
        ("held", "10:06:20"), ("resumed", "10:10:00"), ("wrap_up_started", "10:10:00"),
        ("wrap_up_ended", "10:10:05"),
    ]


def test_from_when_it_is_measured(query):
    # The first records that say it were connected at 10:00 (work) and 10:03 (holds).
    assert query("""
        select event_group, strftime(measured_from, '%d %H:%M:%S')
        from staging.stg_measured_events
        order by event_group
    """) == [("hold", "05 10:03:00"), ("offer", "05 13:00:05"), ("wrap_up", "05 10:00:00")]
