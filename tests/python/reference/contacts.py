"""Sessions and agent contacts: who held what when, transfers, outcomes, queues."""

from __future__ import annotations

from datetime import datetime

from reference.arithmetic import micros
from reference.story import Contact, Story


def tell_events(story: Story) -> None:
    """Walks through the events: who held the session when, and which closes closed something."""
    is_open = True
    held: Contact | None = None

    def end_held_contact(position: int) -> None:
        nonlocal held
        if held is not None:
            held.ended_at = story.events[position]["occurred_at"]
            held.ended_position = position
            held = None

    for position, event in enumerate(story.events):
        kind = event["event_type"]
        if kind == "accepted":
            end_held_contact(position)
            held = Contact(
                story, len(story.contacts) + 1, event["agent_id"], event["occurred_at"], position
            )
            story.contacts.append(held)
        elif kind in ("transferred", "released"):
            if held is not None and event["agent_id"] in (None, held.agent_id):
                end_held_contact(position)
        elif kind == "closed" and is_open:
            end_held_contact(position)
            story.close_positions.append(position)
            is_open = False
        elif kind == "reopened":
            story.reopened_count += not is_open
            is_open = True
    story.is_closed = not is_open


def contact_open_before(story: Story, position: int) -> Contact | None:
    return next((c for c in story.contacts if c.is_open_before(position)), None)


def last_contact_before(
    story: Story, position: int, agent_id: str | None = None
) -> Contact | None:
    """The last contact begun before an event, of one agent where one is given."""
    earlier = [
        contact
        for contact in story.contacts
        if contact.accepted_position < position and agent_id in (None, contact.agent_id)
    ]
    return earlier[-1] if earlier else None


def mark_transfers_out(story: Story) -> None:
    """A transfer is the last contact's that its agent had begun by then, ended or not."""
    for position, event in enumerate(story.events):
        if event["event_type"] != "transferred":
            continue
        if event["agent_id"] is None:
            contact = contact_open_before(story, position)
        else:
            contact = last_contact_before(story, position, event["agent_id"])
        if contact is not None:
            contact.is_transferred_out = True


def receiver_of_transfer(story: Story, position: int) -> Contact | None:
    """Who gets a transfer: the named agent who already holds the session, else the next one."""
    held = contact_open_before(story, position)
    if (
        held is not None
        and held.ended_position != position
        and held.agent_id == story.events[position]["to_agent_id"]
    ):
        return held
    following = next((c for c in story.contacts if c.accepted_position > position), None)
    if following is None:
        return None
    if any(position < close < following.accepted_position for close in story.close_positions):
        return None
    return following


def mark_transfers_in(story: Story) -> None:
    for position, event in enumerate(story.events):
        if event["event_type"] == "transferred":
            receiver = receiver_of_transfer(story, position)
            if receiver is not None:
                receiver.is_transferred_in = True


def set_dispositions(story: Story) -> None:
    """An outcome is the last contact's that its agent had begun by then; the last outcome stays."""
    for position, event in enumerate(story.events):
        if event["event_type"] == "disposition_set":
            contact = last_contact_before(story, position, event["agent_id"])
            if contact is not None:
                contact.disposition = event["disposition"]


def is_single_agent(story: Story) -> bool:
    return len({contact.agent_id for contact in story.contacts}) == 1


def queue_duration(story: Story, as_of: datetime) -> int | None:
    """Time in queues before the first acceptance; without any acceptance, all time in queues."""
    legs: list[int] = []
    waiting_since: datetime | None = None
    for event in story.events:
        if event["event_type"] not in ("queued", "accepted", "abandoned", "dequeued", "closed"):
            continue
        if waiting_since is not None:
            legs.append(micros(waiting_since, event["occurred_at"]))
            waiting_since = None
        if event["event_type"] == "queued":
            waiting_since = event["occurred_at"]
        if event["event_type"] == "accepted":
            return sum(legs)
    if waiting_since is not None:
        legs.append(micros(waiting_since, as_of))
    return sum(legs) if legs else None


def session_duration(story: Story) -> int | None:
    """From the first acceptance to the last close of a session that is closed now."""
    if not story.is_closed or not story.contacts:
        return None
    return micros(story.first_accepted_at, story.last_close["occurred_at"])


def resolution_duration(story: Story) -> int | None:
    """From the start to the last close of a session that is closed now."""
    if not story.is_closed:
        return None
    return micros(story.session["started_at"], story.last_close["occurred_at"])
