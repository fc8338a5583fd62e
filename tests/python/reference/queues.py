"""Queue legs: how each ended, what it was entered by, and whether it was in time."""

from __future__ import annotations

from datetime import date

from reference.arithmetic import as_number, micros, ratio, seconds
from reference.contract import Record, Row
from reference.labels import labels_of, quarter_hour
from reference.lookups import campaign_of, skill_at
from reference.measured import target_of_skill
from reference.story import Data, Leg, Story

ENDS_OF_A_LEG = ("queued", "accepted", "abandoned", "dequeued", "closed")
MOVES = (
    "queued", "dequeued", "accepted", "abandoned", "transferred", "released", "closed", "reopened",
)
ENTERED_BY = {
    None: "start",
    "queued": "overflow",
    "dequeued": "overflow",
    "transferred": "transfer",
    "reopened": "reopening",
    "abandoned": "retry",
    "accepted": "return",
    "released": "return",
    "closed": "return",
}
RESULTS = ("answered", "abandoned", "flowed_out", "open")


def result_of(end: Row | None) -> str:
    """What became of somebody who waited; a close by nobody is a customer who got nothing."""
    if end is None:
        return "open"
    if end["event_type"] == "accepted":
        return "answered"
    if end["event_type"] == "abandoned":
        return "abandoned"
    if end["event_type"] == "closed":
        is_by_nobody = end["actor_type"] is None and end["agent_id"] is None
        return "abandoned" if end["actor_type"] == "customer" or is_by_nobody else "flowed_out"
    return "flowed_out"


def find_legs(data: Data, story: Story) -> None:
    """A leg for each queued event."""
    for position, event in enumerate(story.events):
        if event["event_type"] != "queued":
            continue
        end = next(
            (e for e in story.events[position + 1 :] if e["event_type"] in ENDS_OF_A_LEG), None
        )
        moves_before = [
            e["event_type"] for e in story.events[:position] if e["event_type"] in MOVES
        ]
        skill_id = skill_at(story, position)
        queued_at = event["occurred_at"]
        story.legs.append(
            Leg(
                story,
                len(story.legs) + 1,
                queued_at,
                ended_at=end and end["occurred_at"],
                end_type=end and end["event_type"],
                result=result_of(end),
                entered_by=ENTERED_BY[moves_before[-1] if moves_before else None],
                is_before_first_acceptance="accepted" not in moves_before,
                skill_id=skill_id,
                campaign_id=campaign_of(data, story, skill_id),
                service_level=target_of_skill(data, "service_level_seconds", skill_id, queued_at),
                short_abandon=target_of_skill(data, "short_abandon_seconds", skill_id, queued_at),
            )
        )


def leg_record(data: Data, leg: Leg) -> Record:
    outcome = {"queued": "requeued", None: "open"}.get(leg.end_type, leg.end_type)
    return {
        "session_id": leg.story.id,
        "leg_number": leg.number,
        **leg_dimensions(leg),
        "outcome": outcome,
        "result": leg.result,
        "entered_by": leg.entered_by,
        "is_before_first_acceptance": leg.is_before_first_acceptance,
        "queued_at": leg.queued_at,
        "queued_date": leg.day,
        **labels_of(leg.story.zone, leg.queued_at),
        "ended_at": leg.ended_at,
        "queue_seconds": seconds(micros(leg.queued_at, leg.ended_at or data.as_of)),
        "service_level_seconds": as_number(leg.service_level),
        "short_abandon_seconds": as_number(leg.short_abandon),
        "is_within_service_level": leg.is_within(leg.service_level),
    }


def leg_dimensions(leg: Leg) -> Record:
    session = leg.story.session
    return {
        "company_id": leg.story.company_id,
        "skill_id": leg.skill_id,
        "campaign_id": leg.campaign_id,
        "channel_id": session["channel_id"],
        "direction": session["direction"],
    }


def daily_leg_dimensions(leg: Leg) -> Record:
    return {**leg_dimensions(leg), "date_day": leg.day}


def interval_leg_dimensions(leg: Leg) -> Record:
    start = quarter_hour(leg.queued_at)
    return {
        **leg_dimensions(leg),
        "interval_started_at": start,
        **labels_of(leg.story.zone, start),
    }


def additive_queue_indicators(legs: list[Leg]) -> Record:
    """Q1 to Q4 and what the other figures are made of."""
    answered = [leg for leg in legs if leg.result == "answered"]
    abandoned = [leg for leg in legs if leg.result == "abandoned"]
    flowed_out = [leg for leg in legs if leg.result == "flowed_out"]
    return {
        "queued_leg_count": len(legs),
        "answered_leg_count": len(answered),
        "abandoned_leg_count": len(abandoned),
        "flowed_out_leg_count": len(flowed_out),
        "dequeued_leg_count": sum(leg.end_type == "dequeued" for leg in flowed_out),
        "open_leg_count": sum(leg.result == "open" for leg in legs),
        "answered_within_leg_count": sum(leg.is_within(leg.service_level) for leg in answered),
        "abandoned_within_leg_count": sum(leg.is_within(leg.service_level) for leg in abandoned),
        "short_abandoned_leg_count": sum(leg.is_within(leg.short_abandon) for leg in abandoned),
        "answered_queue_seconds": seconds(sum(leg.duration for leg in answered)),
        "abandoned_queue_seconds": seconds(sum(leg.duration for leg in abandoned)),
        "flowed_out_queue_seconds": seconds(sum(leg.duration for leg in flowed_out)),
        **{
            f"{kind}_leg_count": sum(leg.entered_by == kind for leg in legs)
            for kind in dict.fromkeys(ENTERED_BY.values())
        },
    }


def queue_rates(legs: list[Leg]) -> Record:
    """Q6 to Q9; nothing answered or abandoned is no rate."""
    answered = [leg for leg in legs if leg.result == "answered"]
    abandoned = [leg for leg in legs if leg.result == "abandoned"]
    flowed_out = sum(leg.result == "flowed_out" for leg in legs)
    within = sum(leg.is_within(leg.service_level) for leg in answered)
    early = sum(leg.is_within(leg.service_level) for leg in abandoned)
    short = sum(leg.is_within(leg.short_abandon) for leg in abandoned)
    offered = len(answered) + len(abandoned)
    rates = {
        "service_level_rate": ratio(within, offered),
        "service_level_without_short_rate": ratio(within, offered - short),
        "service_level_of_answered_rate": ratio(within, len(answered)),
        "service_level_without_early_abandoned_rate": ratio(within, offered - early),
        "service_level_with_early_abandoned_rate": ratio(within + early, offered),
        "service_level_of_ended_rate": ratio(within, offered + flowed_out),
        "abandoned_rate": ratio(len(abandoned), offered),
        "abandoned_of_ended_rate": ratio(len(abandoned), offered + flowed_out),
    }
    return {
        **{name: as_number(rate) for name, rate in rates.items()},
        "avg_answer_seconds": seconds(ratio(sum(leg.duration for leg in answered), len(answered))),
        "avg_abandon_seconds": seconds(
            ratio(sum(leg.duration for leg in abandoned), len(abandoned))
        ),
    }


def queue_indicators(legs: list[Leg]) -> Record:
    ended = [leg for leg in legs if leg.result != "open"]
    answered = [leg for leg in legs if leg.result == "answered"]
    return {
        **additive_queue_indicators(legs),
        "longest_queue_seconds": seconds(max((leg.duration for leg in ended), default=None)),
        "longest_answered_queue_seconds": seconds(
            max((leg.duration for leg in answered), default=None)
        ),
        **queue_rates(legs),
    }


def first_legs(story: Story) -> list[Leg]:
    """The legs before the first acceptance; all of them where there is none."""
    return [leg for leg in story.legs if leg.is_before_first_acceptance]


def first_skill(story: Story) -> str | None:
    """The first leg's; without a leg or a skill on it the first acceptance's."""
    named = story.legs[0].skill_id if story.legs else None
    return named or (story.contacts[0].skill_id if story.contacts else None)


def result_of_session(story: Story) -> str | None:
    """answered, abandoned, flowed_out or open; None for a session that never waited."""
    legs = first_legs(story)
    if not legs:
        return None
    return "answered" if story.contacts else legs[-1].result


def is_answered_within(story: Story) -> bool:
    """Whether all its waiting before the acceptance fits the first leg's target."""
    legs = first_legs(story)
    return (
        result_of_session(story) == "answered"
        and sum(leg.duration for leg in legs) <= legs[0].service_level * 1_000_000
    )


def session_queue_indicators(stories: list[Story]) -> Record:
    """Who waited before anybody came, counted by session."""
    results = [result_of_session(story) for story in stories]
    answered, abandoned = results.count("answered"), results.count("abandoned")
    within = sum(map(is_answered_within, stories))
    return {
        "queued_session_count": len(results) - results.count(None),
        "answered_queued_session_count": answered,
        "abandoned_session_count": abandoned,
        "flowed_out_session_count": results.count("flowed_out"),
        "waiting_session_count": results.count("open"),
        "answered_within_session_count": within,
        "session_service_level_rate": as_number(ratio(within, answered + abandoned)),
        "session_abandoned_rate": as_number(ratio(abandoned, answered + abandoned)),
    }


def legs_within(legs: list[Leg], first_day: date, last_day: date) -> list[Leg]:
    return [leg for leg in legs if first_day <= leg.day <= last_day]
