"""Messages, turns and responses."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from reference.arithmetic import micros
from reference.contract import Row
from reference.story import Contact, Story, Turn


def is_public_human(message: Row) -> bool:
    return (
        message["sender_type"] in ("customer", "agent")
        and message["origin"] in (None, "human")
        and message["visibility"] in (None, "public")
    )


def contact_at(story: Story, instant: datetime, agent_id: str | None = None) -> Contact | None:
    """The contact that covers an instant, both ends included; where two do, the later one."""
    covering = [
        contact
        for contact in story.contacts
        if contact.covers(instant) and agent_id in (None, contact.agent_id)
    ]
    return covering[-1] if covering else None


def contact_of_message(story: Story, message: Row) -> Contact | None:
    """A customer writes to whoever holds the session, an agent in a contact of their own."""
    is_agent = message["sender_type"] == "agent"
    return contact_at(story, message["sent_at"], message["sender_id"] if is_agent else None)


def writer(story: Story, message: Row) -> str | None:
    """The agent who wrote; without a sender the one who holds the session, if anybody does."""
    if message["sender_type"] == "customer":
        return None
    if message["sender_id"] is not None:
        return message["sender_id"]
    holder = contact_at(story, message["sent_at"])
    return holder.agent_id if holder else None


def message_order(story: Story, message: Row) -> tuple:
    """By time and sequence; at a tie customers come first, agents by id, unknown ones last."""
    agent_id = writer(story, message)
    return (
        message["sent_at"],
        message["message_seq"] or 0,
        message["sender_type"] != "customer",
        agent_id is None,
        agent_id or "",
        message["message_id"],
    )


def give_messages_to_contacts(story: Story) -> None:
    for message in story.messages:
        contact = contact_of_message(story, message)
        if contact is None:
            continue
        if message["sender_type"] == "agent":
            contact.agent_messages.append(message)
        else:
            contact.customer_messages.append(message)


def find_turns(story: Story) -> None:
    """Joins neighbouring messages of one side; another agent is another side."""
    for message in sorted(story.messages, key=lambda row: message_order(story, row)):
        side, agent_id = message["sender_type"], writer(story, message)
        previous = story.turns[-1] if story.turns else None
        if previous and (previous.side, previous.agent_id) == (side, agent_id):
            previous.messages.append(message)
        else:
            contact = contact_of_message(story, message)
            story.turns.append(Turn(side, agent_id, [message], contact, len(story.turns) + 1))


def response_clock_start(story: Story, asked: Turn, answer: Turn, clock: str) -> datetime:
    """The question, or the acceptance where the agent only came to it later."""
    question_at = asked.first_at if clock == "first" else asked.last_at
    own_acceptances = [
        contact.accepted_at
        for contact in story.contacts
        if contact.agent_id == answer.agent_id and contact.accepted_at <= answer.first_at
    ]
    available_at = max(own_acceptances) if own_acceptances else story.first_accepted_at
    return max(question_at, available_at)


def find_responses(story: Story, clock: str) -> None:
    """A turn answers the turn of the other side right before it, once the session is accepted."""
    for asked, answer in pairwise(story.turns):
        if not story.contacts or answer.first_at < story.first_accepted_at:
            continue
        if asked.side == "customer" and answer.side == "agent":
            answer.is_agent_response = True
            start = response_clock_start(story, asked, answer, clock)
            answer.response_started_at = start
            answer.response = micros(start, answer.first_at)
        if asked.side == "agent" and answer.side == "customer":
            answer.is_customer_response = True


def agent_turn_count(story: Story) -> int:
    return sum(turn.side == "agent" for turn in story.turns)


def session_responses(story: Story) -> list[int]:
    return [turn.response for turn in story.turns if turn.is_agent_response]


def session_first_response(story: Story) -> int | None:
    """From the first acceptance to any agent's first message from then on."""
    answers = [
        row["sent_at"]
        for row in story.messages
        if story.contacts
        and row["sender_type"] == "agent"
        and row["sent_at"] >= story.first_accepted_at
    ]
    return micros(story.first_accepted_at, min(answers)) if answers else None


def is_valid_session(story: Story) -> bool:
    """Both sides have written since the first acceptance."""
    if not story.contacts:
        return False
    sides = {
        row["sender_type"] for row in story.messages if row["sent_at"] >= story.first_accepted_at
    }
    return sides == {"customer", "agent"}
