"""Transfers, by who gave and who received."""

from __future__ import annotations

from reference.contacts import contact_open_before, last_contact_before, receiver_of_transfer
from reference.contract import Record
from reference.labels import labels_of
from reference.lookups import skill_at
from reference.queues import first_skill
from reference.story import Story


def current_skill(story: Story, position: int) -> str | None:
    """That of the latest leg or acceptance before an event, before the first one the session's."""
    earlier = [
        place
        for place, event in enumerate(story.events[:position])
        if event["event_type"] in ("queued", "accepted")
    ]
    return skill_at(story, earlier[-1]) if earlier else first_skill(story)


def transfer_rows(stories: list[Story]) -> list[Record]:
    """One for each transferred."""
    found = []
    for story in stories:
        for position, event in enumerate(story.events):
            if event["event_type"] != "transferred":
                continue
            holder = contact_open_before(story, position)
            agent_id = event["agent_id"] or (holder and holder.agent_id)
            own = last_contact_before(story, position, agent_id) if agent_id else None
            receiver = receiver_of_transfer(story, position)
            found.append(
                {
                    "session_id": story.id,
                    "transfer_number": event.place,
                    "transferred_at": event["occurred_at"],
                    **labels_of(story.zone, event["occurred_at"]),
                    "company_id": story.company_id,
                    "from_agent_id": agent_id,
                    "from_skill_id": (own and own.skill_id) or current_skill(story, position),
                    "to_agent_id": receiver and receiver.agent_id,
                    "to_skill_id": receiver and receiver.skill_id,
                    "is_received": receiver is not None,
                }
            )
    return found


def transfer_indicators(rows: list[Record]) -> Record:
    return {
        "transfer_count": len(rows),
        "received_transfer_count": sum(row["is_received"] for row in rows),
    }
