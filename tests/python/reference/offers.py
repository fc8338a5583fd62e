"""Offers to agents, and what became of each."""

from __future__ import annotations

from reference.arithmetic import as_number, ratio, seconds
from reference.contract import Record, Row
from reference.labels import labels_of, quarter_hour
from reference.lookups import company_of_agent, skill_at, zone_of_company
from reference.measured import is_measured
from reference.story import Data, Offer, Story

OUTCOMES = ("accepted", "declined", "missed", "withdrawn", "open")


def outcome_by(agent_id: str, event: Row) -> str | None:
    """How an event ends an offer to an agent, if it does."""
    kind, is_own = event["event_type"], event["agent_id"] == agent_id
    if kind == "accepted":
        return "accepted" if is_own else "withdrawn"
    if kind == "offer_ended" and is_own:
        return event["outcome"]
    if kind == "offered" and is_own:
        return "missed"
    return "withdrawn" if kind in ("abandoned", "dequeued", "queued", "closed") else None


def is_closed_before(story: Story, position: int) -> bool:
    turns = [e["event_type"] for e in story.events[:position]]
    return [kind for kind in turns if kind in ("closed", "reopened")][-1:] == ["closed"]


def find_offers(data: Data, story: Story) -> None:
    """Offers from before they were measured are none; one in a closed session is void at once."""
    for position, event in enumerate(story.events):
        if event["event_type"] != "offered":
            continue
        agent_id, offered_at = event["agent_id"], event["occurred_at"]
        if not is_measured(data, "offer", offered_at):
            continue
        if is_closed_before(story, position):
            outcome, ended_at = "withdrawn", offered_at
        else:
            outcome, ended_at = next(
                (
                    (outcome_by(agent_id, later), later["occurred_at"])
                    for later in story.events[position + 1 :]
                    if outcome_by(agent_id, later)
                ),
                ("open", None),
            )
        skill_id = skill_at(story, position)
        story.offers.append(
            Offer(story, position, agent_id, skill_id, offered_at, ended_at, outcome)
        )


def offer_record(data: Data, offer: Offer) -> Record:
    company_id = company_of_agent(data, offer.agent_id)
    return {
        "company_id": company_id,
        **labels_of(zone_of_company(data, company_id), offer.offered_at),
        "session_id": offer.story.id,
        "agent_id": offer.agent_id,
        "skill_id": offer.skill_id,
        "offered_at": offer.offered_at,
        "ended_at": offer.ended_at,
        "outcome": offer.outcome,
        "offer_number": offer.story.events[offer.position].place,
        "interval_started_at": quarter_hour(offer.offered_at),
        "ring_seconds": seconds(offer.ring),
    }


def offer_indicators(offers: list[Offer]) -> Record:
    """O7 and what it is made of."""
    counts = {
        outcome: sum(offer.outcome == outcome for offer in offers) for outcome in OUTCOMES
    }
    answerable = counts["accepted"] + counts["declined"] + counts["missed"]
    return {
        "offer_count": len(offers),
        **{f"{outcome}_offer_count": count for outcome, count in counts.items()},
        "offer_ring_seconds": seconds(sum(offer.ring or 0 for offer in offers)),
        "offer_answer_rate": as_number(ratio(counts["accepted"], answerable)),
    }
