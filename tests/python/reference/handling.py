"""Holds and wrap-ups of agent contacts, and what a contact costs."""

from __future__ import annotations

from datetime import date, datetime

from reference.arithmetic import as_number, micros, ratio, seconds, total
from reference.contacts import last_contact_before
from reference.contract import Record, Row
from reference.days import day_of
from reference.facts import contact_dimensions
from reference.measured import is_measured
from reference.story import Contact, Data, Story


def hold_duration(contact: Contact) -> int:
    """From held to resumed, or to the end, of whoever holds the session."""
    on_hold_since: datetime | None = None
    held = 0
    for event in contact.story.events[contact.accepted_position : contact.ended_position]:
        if event["agent_id"] not in (None, contact.agent_id):
            continue
        if event["event_type"] == "held" and on_hold_since is None:
            on_hold_since = event["occurred_at"]
        if event["event_type"] == "resumed" and on_hold_since is not None:
            held += micros(on_hold_since, event["occurred_at"])
            on_hold_since = None
    if on_hold_since is not None:
        held += micros(on_hold_since, contact.ended_at)
    return held


def next_own_acceptance(contact: Contact) -> Contact | None:
    return next(
        (
            later
            for later in contact.story.contacts
            if later.number > contact.number and later.agent_id == contact.agent_id
        ),
        None,
    )


def wrap_up_events(contact: Contact) -> list[Row]:
    """The agent's own, and those of nobody by name, until the agent accepts again."""
    story, following = contact.story, next_own_acceptance(contact)
    end = following.accepted_position if following else len(story.events)
    found = []
    for position in range(contact.accepted_position + 1, end):
        event = story.events[position]
        if event["event_type"] not in ("wrap_up_started", "wrap_up_ended"):
            continue
        agent_id = event["agent_id"] or last_contact_before(story, position).agent_id
        if agent_id == contact.agent_id:
            found.append(event)
    return found


def find_wrap_up(contact: Contact, data: Data) -> None:
    """Where the wrap-up begins and ends, if the contact has ended and one is told of."""
    events = wrap_up_events(contact)
    by_the_end = [e for e in events if e["occurred_at"] <= contact.ended_at]
    after_the_end = [e for e in events if e["occurred_at"] > contact.ended_at]
    candidates = after_the_end
    if by_the_end and by_the_end[-1]["event_type"] == "wrap_up_started":
        start = contact.ended_at
    elif after_the_end and after_the_end[0]["event_type"] == "wrap_up_started":
        start = after_the_end[0]["occurred_at"]
        candidates = after_the_end[1:]
    elif after_the_end and not by_the_end:
        start = contact.ended_at
    else:
        contact.is_wrap_up_end_inferred = False
        return
    contact.wrap_up_started_at = start

    said = next((e["occurred_at"] for e in candidates if e["event_type"] == "wrap_up_ended"), None)
    following = next_own_acceptance(contact)
    limits = [start + data.max_wrap_up] + ([following.accepted_at] if following else [])
    at_the_latest = min(limits)
    if said is not None and said <= at_the_latest:
        contact.wrap_up_ended_at = said
        contact.is_wrap_up_end_inferred = False
    elif at_the_latest <= data.as_of:
        contact.wrap_up_ended_at = at_the_latest
        contact.is_wrap_up_end_inferred = True


def find_handling(data: Data, story: Story) -> None:
    for contact in story.contacts:
        contact.is_wrap_up_measured = is_measured(data, "wrap_up", contact.accepted_at)
        if contact.ended_at is None:
            continue
        if is_measured(data, "hold", contact.accepted_at):
            contact.hold = hold_duration(contact)
        if contact.is_wrap_up_measured:
            find_wrap_up(contact, data)


def handling_record(data: Data, contact: Contact) -> Record:
    return {
        "is_hold_measured": is_measured(data, "hold", contact.accepted_at),
        "is_wrap_up_measured": contact.is_wrap_up_measured,
        "hold_seconds": seconds(contact.hold),
        "engaged_seconds": seconds(contact.engaged),
        "wrap_up_started_at": contact.wrap_up_started_at,
        "wrap_up_ended_at": contact.wrap_up_ended_at,
        "wrap_up_seconds": seconds(contact.wrap_up),
        "is_wrap_up_end_inferred": contact.is_wrap_up_end_inferred,
        "handle_seconds": seconds(contact.handle),
        "attributed_seconds": contact.attributed_nanoseconds / 1_000_000_000,
    }


def contact_indicators(data: Data, contacts: list[Contact]) -> Record:
    """H1 to H4 of the contacts of one row; a group that none of them is measured in is unknown."""
    ended = [contact for contact in contacts if contact.ended_at is not None]
    transferred = sum(contact.is_transferred_out for contact in contacts)
    duration = total(contact.duration for contact in ended)
    holds = [c.hold for c in contacts if c.hold is not None]
    held = sum(hold > 0 for hold in holds)
    handled = [contact for contact in contacts if contact.handle is not None]
    wrap_up = total(contact.wrap_up for contact in handled)
    handle = total(contact.handle for contact in handled)
    figures = {
        "agent_contact_count": len(contacts),
        "ended_agent_contact_count": len(ended),
        "transferred_agent_contact_count": transferred,
        "contact_seconds": seconds(duration),
        "engaged_seconds": seconds(total(contact.engaged for contact in contacts)),
        "hold_seconds": seconds(sum(holds)),
        "held_agent_contact_count": held,
        "wrap_up_seconds": seconds(wrap_up),
        "handle_seconds": seconds(handle),
        "handled_agent_contact_count": len(handled),
        "attributed_seconds": sum(c.attributed_nanoseconds for c in contacts) / 1_000_000_000,
        "avg_handle_seconds": seconds(ratio(handle, len(handled))),
        "avg_contact_seconds": seconds(ratio(duration, len(ended))),
        "avg_hold_seconds": seconds(ratio(sum(holds), held)),
        "avg_wrap_up_seconds": seconds(ratio(wrap_up, len(handled))),
        "transfer_rate": as_number(ratio(transferred, len(ended))),
    }
    if not any(is_measured(data, "hold", contact.accepted_at) for contact in contacts):
        figures |= dict.fromkeys(
            ("engaged_seconds", "hold_seconds", "held_agent_contact_count", "avg_hold_seconds")
        )
    if not any(contact.is_wrap_up_measured for contact in contacts):
        figures |= dict.fromkeys(
            (
                "wrap_up_seconds", "handle_seconds", "handled_agent_contact_count",
                "avg_handle_seconds", "avg_wrap_up_seconds",
            )
        )
    return figures


def is_handling_measured(data: Data, story: Story) -> bool:
    """From the first acceptance on; without one, from the start of the session."""
    return is_measured(data, "wrap_up", story.first_accepted_at or story.session["started_at"])


def session_handle(story: Story) -> int | None:
    """What all contacts of a session took, once each of them is known."""
    handles = [contact.handle for contact in story.contacts]
    return sum(handles) if handles and None not in handles else None


def session_handling_record(data: Data, story: Story) -> Record:
    return {
        "is_wrap_up_measured": is_handling_measured(data, story),
        "handle_seconds": seconds(session_handle(story)),
    }


def session_handle_indicators(data: Data, stories: list[Story]) -> Record:
    """H5: what a customer's matter costs, over all agents."""
    if not any(is_handling_measured(data, story) for story in stories):
        return dict.fromkeys(
            ("handled_session_count", "handle_seconds", "avg_session_handle_seconds")
        )
    handled = [handle for handle in map(session_handle, stories) if handle is not None]
    return {
        "handled_session_count": len(handled),
        "handle_seconds": seconds(sum(handled)),
        "avg_session_handle_seconds": seconds(ratio(sum(handled), len(handled))),
    }


def contact_day(contact: Contact) -> date:
    return day_of(contact.story.zone, contact.accepted_at)


def daily_contact_dimensions(contact: Contact) -> Record:
    return {"date_day": contact_day(contact), **contact_dimensions(contact)}
