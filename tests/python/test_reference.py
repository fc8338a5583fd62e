"""Sessions and the feed in the reference computation, worked out by hand."""

from __future__ import annotations

from cases import at, build, event, only, said
from reference import compute


def test_question_left_open_at_a_transfer() -> None:
    tables = build(
        session_events=[
            event(0, "accepted", "A"),
            event(20, "transferred", "A", to_agent_id="B"),
            event(50, "accepted", "B"),
        ],
        messages=[said(10, "u"), said(15, "u"), said(80, "B")],
    )
    result = compute(tables)
    session = result["fct_sessions"][0]
    assert session["first_response_seconds"] == 80
    assert session["response_seconds"] == 30
    first, second = result["fct_agent_contacts"]
    assert (first["contact_seconds"], first["is_transferred_out"]) == (20, True)
    assert (second["contact_seconds"], second["is_transferred_in"]) == (None, True)
    assert second["first_response_seconds"] == 30
    a = only(result["agent_analysis_aggregated"], agent_id="A")
    b = only(result["agent_analysis_aggregated"], agent_id="B")
    assert (a["unreplied_session_count"], a["valid_session_count"]) == (1, 0)
    assert (b["unreplied_session_count"], b["valid_session_count"]) == (0, 0)
    assert b["first_response_within_30s_rate"] == b["response_within_30s_rate"] == 1
    later = compute(tables, response_threshold_seconds=29.999999)
    b = only(later["agent_analysis_aggregated"], agent_id="B")
    assert b["response_within_30s_rate"] == 0


def test_response_clock() -> None:
    tables = build(
        session_events=[event(0, "accepted", "A")],
        messages=[said(10, "u"), said(25, "u"), said(40, "A"), said(50, "u"), said(53, "A")],
    )
    first = compute(tables)["session_analysis_aggregated"][0]
    assert (first["response_count"], first["response_seconds"]) == (2, 33)
    assert first["avg_response_seconds"] == first["pooled_avg_response_seconds"] == 16.5
    last = compute(tables, response_clock="last")["session_analysis_aggregated"][0]
    assert last["response_seconds"] == 18
    contact = compute(tables)["fct_agent_contacts"][0]
    assert contact["follow_on_response_count"] == 1
    assert contact["follow_on_response_seconds"] == 3
    assert contact["customer_response_count"] == 1


def test_attended_transfer_is_received_by_who_holds_the_session() -> None:
    result = compute(
        build(
            session_events=[
                event(0, "accepted", "A"),
                event(10, "accepted", "B"),
                event(20, "transferred", "A", to_agent_id="B"),
                event(40, "closed", "B", actor_type="agent"),
            ]
        )
    )
    first, second = result["fct_agent_contacts"]
    assert (first["contact_seconds"], second["contact_seconds"]) == (10, 30)
    assert (first["is_transferred_out"], first["is_transferred_in"]) == (True, False)
    assert (second["is_transferred_out"], second["is_transferred_in"]) == (False, True)


def test_transfer_to_oneself_and_across_a_close() -> None:
    result = compute(
        build(
            session_events=[
                event(0, "accepted", "A"),
                event(10, "transferred", None, to_agent_id="A"),
                event(20, "closed"),
                event(30, "reopened"),
                event(40, "accepted", "A"),
            ]
        )
    )
    first, second = result["fct_agent_contacts"]
    assert first["is_transferred_out"] and not second["is_transferred_in"]


def test_reopened_session() -> None:
    result = compute(
        build(
            session_events=[
                event(5, "accepted", "A"),
                event(10, "closed", "A", actor_type="agent"),
                event(15, "accepted", "C"),
                event(20, "reopened"),
                event(30, "accepted", "B"),
                event(50, "closed", "A"),
                event(60, "closed", "B"),
                event(70, "disposition_set", "B", disposition="sold"),
            ],
            messages=[said(10, "u"), said(15, "u"), said(20, "u"), said(50, "A"), said(51, "u")],
        )
    )
    assert [(row["table_name"], row["reason"]) for row in result["quarantined_rows"]] == [
        ("raw_session_events", "after_close"),
        ("raw_messages", "after_close"),
        ("raw_messages", "after_close"),
    ]
    session = result["fct_sessions"][0]
    assert (session["session_seconds"], session["resolution_seconds"]) == (45, 50)
    a = only(result["agent_analysis_aggregated"], agent_id="A")
    b = only(result["agent_analysis_aggregated"], agent_id="B")
    assert (a["agent_closed_session_count"], b["agent_closed_session_count"]) == (1, 0)
    a = only(result["digital_metrics_aggregated"], agent_id="A")
    b = only(result["digital_metrics_aggregated"], agent_id="B", disposition="sold")
    assert (a["close_count"], a["closed_session_count"], a["resolution_seconds"]) == (1, 0, 0)
    assert (b["close_count"], b["closed_session_count"], b["resolution_seconds"]) == (1, 1, 50)
    assert b["avg_resolution_seconds"] == 50


def test_queue() -> None:
    def queue_seconds(*events: tuple) -> float | None:
        return compute(build(session_events=list(events)))["fct_sessions"][0]["queue_seconds"]

    assert queue_seconds(event(0, "accepted", "A")) == 0
    assert queue_seconds(event(0, "abandoned")) is None
    assert queue_seconds(event(0, "queued"), event(90, "released")) == 90
    assert queue_seconds(
        event(0, "queued"), event(10, "abandoned"), event(15, "queued"), event(20, "queued"),
        event(50, "accepted", "A"), event(60, "queued"), event(99, "accepted", "A"),
    ) == 45


def test_message_at_a_shared_instant_is_the_later_contacts() -> None:
    result = compute(
        build(
            session_events=[event(0, "accepted", "A"), event(10, "accepted", "B")],
            messages=[said(10, "u"), said(10, "A", message_seq="1"), said(20, None)],
        )
    )
    first, second = result["fct_agent_contacts"]
    assert (first["customer_message_count"], second["customer_message_count"]) == (0, 1)
    assert (first["agent_message_count"], second["agent_message_count"]) == (1, 1)
    assert [turn["agent_id"] for turn in result["fct_turns"]] == [None, "A", "B"]


def test_evaluation_counts_once() -> None:
    events = [event(0, "accepted", "A"), event(10, "accepted", "B")]

    def evaluated(*evaluations: tuple) -> tuple:
        result = compute(build(session_events=events, evaluations=list(evaluations)))
        return (
            result["session_analysis_aggregated"][0]["evaluated_session_count"],
            {
                row["agent_id"]: row["satisfaction_rate"]
                for row in result["agent_analysis_aggregated"]
                if row["evaluated_session_count"]
            },
        )

    assert evaluated((5, {"score": "5"})) == (1, {"A": 1.0})
    assert evaluated((5, {"score": "5"}), (10, {"score": "3.0"})) == (1, {"B": 0.0})
    assert evaluated((5, {"score": "4", "agent_id": "B"})) == (1, {"B": 1.0})
    assert evaluated((5, {"score": "4", "agent_id": "C"})) == (1, {})
    assert evaluated((5, {"score": "4.5"}), (6, {"score": "6"})) == (0, {})


def test_voice_counts_as_answered() -> None:
    tables = build(session_events=[event(0, "accepted", "A"), event(10, "closed", "A")])
    tables["raw_sessions"][0]["channel_id"] = "phone"
    tables["raw_channels"] = [
        {"channel_id": "phone", "media_type": "voice", "is_digital": "true"}
    ]
    result = compute(tables)
    row = result["digital_metrics_daily"][0]
    filled = {name for name, value in row.items() if value is not None}
    assert filled == {
        "date_day", "company_id", "agent_id", "channel_id", "agent_contact_count",
        "answered_agent_contact_count", "first_response_rate",
    }
    assert row["first_response_rate"] == 1
    agent = result["agent_analysis_daily"][0]
    assert (agent["session_count"], agent["digital_session_count"]) == (1, 0)
    assert agent["session_seconds"] == 10


def test_detach_is_a_stack_of_one_message() -> None:
    def tag(second: float, kind: str, message_id: str | None, name: str = "x") -> tuple:
        return second, {"event_type": kind, "message_id": message_id, "tag_name": name}

    def standing(*tag_events: tuple) -> list[tuple]:
        result = compute(
            build(session_events=[event(0, "accepted", "A")], tag_events=list(tag_events))
        )
        tagged = {row["tag_name"] for row in result["digital_metrics_by_tag_daily"]}
        assert tagged == {row["tag_name"] for row in result["tag_metrics_daily"]}
        return [(row["tag_name"], row["tag_count"]) for row in result["tag_metrics_daily"]]

    attached = [tag(1, "attached", "m"), tag(2, "attached", "m"), tag(3, "attached", None)]
    assert standing(*attached) == [("x", 3)]
    assert standing(*attached, tag(4, "detached", "m")) == [("x", 2)]
    assert standing(*attached, tag(4, "detached", "n")) == [("x", 3)]
    assert standing(*attached, *[tag(4, "detached", "m")] * 3, tag(5, "attached", "m")) == [
        ("x", 2)
    ]
    assert standing(*attached, tag(4, "detached", None, "y")) == [("x", 3)]
    assert standing(*attached, tag(4, "detached", None)) == []


def test_focus_is_clipped_to_the_agents_contacts() -> None:
    tables = build(
        session_events=[
            event(10, "accepted", "A"),
            event(20, "released", "A"),
            event(30, "accepted", "A"),
        ],
        focus_events=[
            event(0, "focus", "A"),
            event(5, "blur", "A", session_id="other"),
            event(18, "focus", "A"),
            event(35, "blur", "A"),
            event(50, "focus", "B"),
        ],
    )
    tables["raw_sessions"].append({"session_id": "other", "started_at": at(0)})
    result = compute(tables)
    first, second = result["fct_agent_contacts"]
    assert (first["focus_count"], first["focus_seconds"]) == (2, 10)
    assert (second["focus_count"], second["focus_seconds"]) == (1, 5)
    assert result["digital_metrics_aggregated"][0]["focus_rate"] == 1


def test_fates() -> None:
    row = {"session_id": "s", "started_at": "2026-03-05T12:00:00Z"}
    late, early = "2026-03-06T00:00:00Z", "2026-03-05T13:00:00Z"
    tables = {
        "raw_sessions": [
            {**row, "ingested_at": early, "customer_id": "old"},
            {**row, "ingested_at": late, "customer_id": "new"},
            {**row, "ingested_at": early, "customer_id": "new"},
            {**row, "ingested_at": "2026-03-07T00:00:00Z", "direction": "up"},
            {**row, "session_id": ""},
            {**row, "session_id": "f", "ingested_at": "2026-03-04T12:00:00Z"},
            {**row, "session_id": "g", "ingested_at": "2026-03-04T11:59:59.999999Z"},
        ],
        "raw_session_events": [
            {"event_id": "1", "session_id": "s", "event_type": "queued",
             "occurred_at": "2026-03-05T11:55:00Z"},
            {"event_id": "2", "session_id": "s", "event_type": "queued",
             "occurred_at": "2026-03-05T11:54:59.999Z"},
            {"event_id": "3", "session_id": "t", "event_type": "queued",
             "occurred_at": "2026-03-05T12:00:00Z"},
        ],
        "raw_messages": None,
    }
    result = compute(tables)
    assert [(bad["row_key"], bad["reason"]) for bad in result["quarantined_rows"]] == [
        ("s", "superseded"), ("s", "bad_value"), (None, "missing_key"), ("g", "future_timestamp"),
        ("2", "before_start"), ("3", "unknown_session"),
    ]
    assert only(result["fct_sessions"], session_id="s")["customer_id"] == "new"
    quality = only(result["feed_quality"], table_name="raw_sessions")
    assert (quality["accepted_row_count"], quality["duplicate_row_count"]) == (2, 1)
    messages = only(result["feed_quality"], table_name="raw_messages")
    assert (messages["is_measured"], messages["raw_row_count"]) == (False, None)


def test_as_of_hides_what_came_later() -> None:
    tables = build(
        session_events=[event(0, "accepted", "A"), event(100, "closed", "A")],
        messages=[said(5, "u"), said(50, "A"), said(150, "A")],
    )
    result = compute(tables, as_of=at(60))
    assert not result["fct_sessions"][0]["is_closed"]
    assert only(result["feed_quality"], table_name="raw_messages")["raw_row_count"] == 2
    assert not result["quarantined_rows"]
