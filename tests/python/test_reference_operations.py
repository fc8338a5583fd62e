"""Queues, handling, activity and durations in the reference computation, worked out by hand."""

from __future__ import annotations

import pytest
from cases import at, build, event, only
from reference import compute

LEGS = (
    # session, queued, kind of the end, end
    ("l1", 0, "accepted", 15),
    ("l2", 0, "accepted", 20),
    ("l3", 60, "accepted", 105),
    ("l4", 120, "abandoned", 124),
    ("l5", 180, "abandoned", 192),
    ("l6", 240, "abandoned", 330),
    ("l8", 890, None, None),
)


def eight_legs() -> list[dict]:
    events, sessions = [], []
    for session_id, queued, kind, end in LEGS:
        sessions.append({"session_id": session_id, "started_at": at(queued)})
        events.append(event(queued, "queued", session_id=session_id, skill_id="help"))
        if kind:
            agent_id = "A" if kind == "accepted" else None
            events.append(event(end, kind, agent_id, session_id=session_id))
    sessions.append({"session_id": "l7", "started_at": at(360)})
    events += [
        event(360, "queued", session_id="l7", skill_id="help"),
        event(390, "queued", session_id="l7", skill_id="other"),
        event(400, "accepted", "A", session_id="l7"),
    ]
    tables = build(session_events=events)
    tables["raw_sessions"] = sessions
    return compute(tables, as_of=at(900))


def test_eight_legs() -> None:
    row = only(eight_legs()["queue_metrics_aggregated"], skill_id="help")
    assert {key: row[key] for key in row if key.endswith("_leg_count")} == {
        "queued_leg_count": 8, "answered_leg_count": 3, "abandoned_leg_count": 3,
        "flowed_out_leg_count": 1, "dequeued_leg_count": 0, "open_leg_count": 1,
        "answered_within_leg_count": 2, "abandoned_within_leg_count": 2,
        "short_abandoned_leg_count": 1, "start_leg_count": 8, "overflow_leg_count": 0,
        "transfer_leg_count": 0, "reopening_leg_count": 0, "retry_leg_count": 0,
        "return_leg_count": 0, "business_queue_leg_count": 0,
    }
    rates = {key: round(row[key] * 100, 2) for key in row if key.endswith("_rate")}
    assert rates == {
        "service_level_rate": 33.33, "service_level_without_short_rate": 40.0,
        "service_level_of_answered_rate": 66.67,
        "service_level_without_early_abandoned_rate": 50.0,
        "service_level_with_early_abandoned_rate": 66.67, "service_level_of_ended_rate": 28.57,
        "abandoned_rate": 50.0, "abandoned_of_ended_rate": 42.86,
    }
    assert round(row["avg_answer_seconds"], 2) == 26.67
    assert round(row["avg_abandon_seconds"], 2) == 35.33
    assert (row["longest_queue_seconds"], row["longest_answered_queue_seconds"]) == (90, 45)


def test_session_is_late_by_its_two_queues_and_in_time_by_the_second() -> None:
    result = compute(
        build(
            session_events=[
                event(0, "queued", skill_id="help"),
                event(15, "queued", skill_id="other"),
                event(30, "accepted", "A"),
            ]
        )
    )
    assert [leg["is_within_service_level"] for leg in result["fct_queue_legs"]] == [True, True]
    session = result["session_analysis_aggregated"][0]
    assert session["answered_within_session_count"] == 0
    assert session["session_service_level_rate"] == 0
    other = only(result["queue_metrics_aggregated"], skill_id="other")
    assert (other["service_level_rate"], other["overflow_leg_count"]) == (1, 1)


@pytest.mark.parametrize(
    ("end", "result", "outcome"),
    [
        (event(9, "closed", actor_type="customer"), "abandoned", "closed"),
        (event(9, "closed"), "abandoned", "closed"),
        (event(9, "closed", "A"), "flowed_out", "closed"),
        (event(9, "closed", actor_type="system"), "flowed_out", "closed"),
        (event(9, "dequeued", reason="callback"), "flowed_out", "dequeued"),
        (event(9, "transferred", "A"), "open", "open"),
    ],
)
def test_result_of_a_leg(end: tuple, result: str, outcome: str) -> None:
    leg = compute(build(session_events=[event(0, "queued"), end]))["fct_queue_legs"][0]
    assert (leg["result"], leg["outcome"]) == (result, outcome)


@pytest.mark.parametrize(
    ("kind", "entered_by"),
    [
        ("disposition_set", "start"), ("offered", "start"), ("dequeued", "overflow"),
        ("transferred", "transfer"), ("reopened", "reopening"), ("abandoned", "retry"),
        ("accepted", "return"), ("released", "return"), ("closed", "return"),
    ],
)
def test_what_a_leg_was_entered_by(kind: str, entered_by: str) -> None:
    before = event(0, kind, "A", disposition="sold")
    leg = compute(build(session_events=[before, event(5, "queued")]))["fct_queue_legs"][0]
    assert leg["entered_by"] == entered_by


def test_targets_hold_from_their_instant_and_a_null_is_not_the_one_before() -> None:
    tables = build(
        session_events=[
            event(second, kind, "A" if kind == "accepted" else None, skill_id="help")
            for second in (0, 100, 200)
            for kind in ("queued",)
        ]
    )
    tables["raw_skill_targets"] = [
        {"skill_id": "help", "valid_from": at(100), "service_level_seconds": "60"},
        {"skill_id": "help", "valid_from": at(150), "short_abandon_seconds": "9"},
    ]
    legs = compute(tables)["fct_queue_legs"]
    assert [leg["service_level_seconds"] for leg in legs] == [20, 60, 20]
    assert [leg["short_abandon_seconds"] for leg in legs] == [5, 5, 9]


# --- handling -------------------------------------------------------------------------------


def handled(*events: tuple, **options: object) -> dict:
    return compute(build(session_events=list(events)), **options)["fct_agent_contacts"][0]


def test_hold() -> None:
    events = [
        event(5, "resumed", "A"),
        event(10, "held", "A"),
        event(20, "held"),
        event(30, "resumed"),
        event(40, "held", "B"),
        event(50, "held"),
    ]
    contact = handled(event(0, "accepted", "A"), *events, event(90, "closed", "A"))
    # The resumed at 5 began the group, after the acceptance.
    assert (contact["hold_seconds"], contact["engaged_seconds"]) == (None, None)
    tables = build(session_events=[event(0, "accepted", "A"), *events, event(90, "closed", "A")])
    tables["raw_measured_events"] = [{"event_group": "hold", "measured_from": at(0)}]
    contact = compute(tables)["fct_agent_contacts"][0]
    assert (contact["hold_seconds"], contact["engaged_seconds"]) == (60, 30)


STARTED, ENDED = "wrap_up_started", "wrap_up_ended"


@pytest.mark.parametrize(
    ("wrap_ups", "start", "end", "is_inferred"),
    [
        ([], None, None, False),
        ([(60, STARTED), (130, ENDED)], 100, 130, False),
        ([(60, STARTED), (100, ENDED)], None, None, False),
        ([(60, ENDED), (100, STARTED), (140, ENDED)], 100, 140, False),
        ([(120, STARTED), (130, ENDED), (150, ENDED)], 120, 130, False),
        ([(120, ENDED)], 100, 120, False),
        ([(60, STARTED), (70, ENDED), (120, ENDED)], None, None, False),
        ([(120, ENDED), (130, STARTED), (150, ENDED)], 100, 120, False),
        ([(120, STARTED), (1920.5, ENDED)], 120, 1920, True),
        ([(120, STARTED), (1920, ENDED)], 120, 1920, False),
        ([(120, STARTED)], 120, 1920, True),
    ],
)
def test_wrap_up(
    wrap_ups: list[tuple], start: float | None, end: float | None, is_inferred: bool
) -> None:
    tables = build(
        session_events=[
            event(0, "accepted", "A"),
            event(100, "closed", "A"),
            *(event(second, kind, "A") for second, kind in wrap_ups),
        ]
    )
    tables["raw_measured_events"] = [{"event_group": "wrap_up", "measured_from": at(0)}]
    contact = compute(tables, as_of=at(2000))["fct_agent_contacts"][0]
    found = [contact[f"wrap_up_{side}_at"] for side in ("started", "ended")]
    assert [moment and moment.isoformat() for moment in found] == [
        None if moment is None else at(moment) for moment in (start, end)
    ]
    assert contact["is_wrap_up_end_inferred"] is is_inferred
    assert contact["wrap_up_seconds"] == (end - start if start is not None else 0)
    assert contact["handle_seconds"] == 100 + contact["wrap_up_seconds"]


def test_wrap_up_that_goes_on() -> None:
    contact = handled(
        event(0, STARTED, "B"), event(0, "accepted", "A", event_seq="1"), event(100, "closed", "A"),
        event(120, STARTED), event(130, "queued"),
    )
    assert contact["wrap_up_started_at"].isoformat() == at(120)
    unknown = ("wrap_up_ended_at", "wrap_up_seconds", "handle_seconds", "is_wrap_up_end_inferred")
    assert [contact[column] for column in unknown] == [None] * 4
    assert contact["attributed_seconds"] == 110


def test_wrap_up_ends_with_the_next_acceptance() -> None:
    tables = build(
        session_events=[
            event(0, "accepted", "A"), event(100, "released", "A"), event(110, STARTED, "A"),
            event(150, "accepted", "A"), event(160, ENDED, "A"),
        ]
    )
    tables["raw_measured_events"] = [{"event_group": "wrap_up", "measured_from": at(0)}]
    first, second = compute(tables)["fct_agent_contacts"]
    assert (first["wrap_up_seconds"], first["is_wrap_up_end_inferred"]) == (40, True)
    assert (second["wrap_up_seconds"], second["is_wrap_up_end_inferred"]) == (None, None)


# --- offers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("later", "outcome", "ring"),
    [
        ([event(8, "accepted", "A")], "accepted", 8),
        ([event(8, "accepted", "B")], "withdrawn", 8),
        ([event(8, "offer_ended", "A", outcome="declined")], "declined", 8),
        ([event(8, "offer_ended", "B", outcome="declined")], "open", None),
        ([event(8, "offered", "A"), event(9, "accepted", "A")], "missed", 8),
        ([event(8, "offered", "B"), event(9, "abandoned")], "withdrawn", 9),
        ([event(8, "dequeued")], "withdrawn", 8),
        ([event(8, "queued")], "withdrawn", 8),
        ([event(8, "closed")], "withdrawn", 8),
        ([event(8, "released", "A")], "open", None),
    ],
)
def test_offer(later: list[tuple], outcome: str, ring: float | None) -> None:
    offer = compute(build(session_events=[event(0, "offered", "A"), *later]))["fct_offers"][0]
    assert (offer["outcome"], offer["ring_seconds"]) == (outcome, ring)


# --- agents ---------------------------------------------------------------------------------


def mei() -> dict[str, list[dict]]:
    minutes = [("m1", 5, 25), ("m2", 15, 35), ("m3", 38, 45)]
    tables = build(
        session_events=[
            one
            for session_id, start, end in minutes
            for one in (
                event(start * 60, "accepted", "Mei", session_id=session_id),
                event(end * 60, "closed", "Mei", session_id=session_id),
            )
        ],
        agent_events=[
            event(0, "login", "Mei"), event(2400, "state", "Mei", state="break", reason="lunch"),
            event(3000, "state", "Mei", state="idle"), event(3600, "logout", "Mei"),
        ],
    )
    tables["raw_sessions"] = [
        {"session_id": session_id, "started_at": at(start * 60)} for session_id, start, _ in minutes
    ]
    return compute(tables)


def test_hour_of_mei() -> None:
    result = mei()
    row = result["agent_activity_aggregated"][0]
    seconds = {
        "ready": 3000, "handling": 2220, "ready_handling": 1920, "break_handling": 300,
        "in_hand": 2820, "unoccupied_idle": 1080, "absent_handling": 0, "presence": 3600,
    }
    assert {name: row[f"{name}_seconds"] for name in seconds} == seconds
    assert (row["occupancy_rate"], row["max_concurrency"]) == (0.64, 2)
    assert (round(row["avg_concurrency"], 2), row["utilisation_rate"]) == (1.27, 3000 / 3600)
    costs = [contact["attributed_seconds"] for contact in result["fct_agent_contacts"]]
    assert costs == [900, 900, 420]
    quarters = result["agent_activity_interval"]
    assert [quarter["in_hand_seconds"] for quarter in quarters] == [600, 1500, 720, 0]
    assert [quarter["max_concurrency"] for quarter in quarters] == [1, 2, 1, 0]
    reasons = result["agent_state_reasons_daily"]
    assert [(row["state"], row["reason"], row["state_seconds"]) for row in reasons] == [
        ("break", "lunch", 600), ("idle", None, 3000),
    ]


@pytest.mark.parametrize(("start", "end", "cost"), [
    ("2026-03-05T10:00:00Z", "2026-03-05T10:01:40Z", 33.333333333),
    # Midnight cuts too: 666 ns of 2 us on either side.
    ("2026-03-05T23:59:59.999998Z", "2026-03-06T00:00:00.000002Z", 0.000001332),
])
def test_three_at_a_time_are_shared_in_whole_nanoseconds(start, end, cost) -> None:
    tables = build(session_events=[])
    tables["raw_sessions"] = [
        {"session_id": name, "started_at": start} for name in ("x", "y", "z")
    ]
    tables["raw_session_events"] = [
        {"event_id": f"{name}{kind}", "session_id": name, "event_type": kind, "agent_id": "A",
         "occurred_at": instant}
        for name in ("x", "y", "z")
        for kind, instant in (("accepted", start), ("closed", end))
    ]
    result = compute(tables)
    costs = [contact["attributed_seconds"] for contact in result["fct_agent_contacts"]]
    assert costs == [cost] * 3
    activity = result["agent_activity_aggregated"][0]
    handling = activity["handling_seconds"]
    assert handling == pytest.approx(3 * cost, abs=1e-8)
    assert activity["in_hand_seconds"] == pytest.approx(3 * handling)
    assert (activity["presence_seconds"], activity["occupancy_rate"]) == (None, None)


def test_absent_with_something_in_hand() -> None:
    tables = build(
        session_events=[event(0, "accepted", "A"), event(300, "closed", "A")],
        agent_events=[event(100, "login", "A"), event(200, "logout", "A")],
    )
    result = compute(tables)
    stretches = [(row["state"], row["activity_seconds"]) for row in result["fct_agent_activity"]]
    assert stretches == [("absent", 100), ("idle", 100), ("absent", 100)]
    row = result["agent_activity_aggregated"][0]
    assert (row["handling_seconds"], row["absent_handling_seconds"]) == (100, 200)
    assert result["fct_agent_contacts"][0]["attributed_seconds"] == 100


# --- distributions --------------------------------------------------------------------------


def test_percentiles_are_interpolated() -> None:
    tables = build(session_events=[])
    waits = (10, 20, 30, 40, 100)
    tables["raw_sessions"] = [
        {"session_id": f"w{wait}", "started_at": at(0)} for wait in waits
    ]
    tables["raw_session_events"] = [
        {"event_id": f"{wait}{kind}", "session_id": f"w{wait}", "event_type": kind,
         "agent_id": "A", "occurred_at": at(second)}
        for wait in waits
        for kind, second in (("queued", 0), ("accepted", wait))
    ]
    result = compute(tables)
    row = only(result["duration_percentiles"], measure="queue_answered")
    percentiles = [row[f"p{percent}_seconds"] for percent in (50, 75, 90, 95, 99)]
    assert percentiles == [30, 40, 76, 88, 97.6]
    assert (row["duration_count"], row["longest_seconds"]) == (5, 100)
    bins = [row for row in result["duration_histogram_daily"] if row["measure"] == "queue_answered"]
    assert sorted((row["upper_seconds"], row["duration_count"]) for row in bins) == [
        (10, 1), (20, 1), (30, 1), (45, 1), (120, 1),
    ]
