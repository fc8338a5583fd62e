"""Seconds of waits and answers that lie in business hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from reference.arithmetic import MICROSECOND, blank_unless, micros, ratio, seconds
from reference.calendars import calendar_at
from reference.contract import Record
from reference.queues import first_legs, first_skill
from reference.story import AgentSession, Contact, Data, Leg, Story, Turn
from reference.turns import session_first_response


def seconds_open(data: Data, calendar_id: str, start: datetime, end: datetime) -> int:
    """Microseconds of an interval in which a calendar is open; backwards they count as less."""
    if end < start:
        return -seconds_open(data, calendar_id, end, start)
    return sum(
        micros(max(start, opened), min(end, closed))
        for opened, closed in data.open_spans[calendar_id]
        if opened < end and start < closed
    )


def business(
    data: Data, story: Story, skill_id: str | None, start: datetime, duration: int | None
) -> int | None:
    """By the calendar that holds at the start; None without one, or without an end."""
    calendar_id = calendar_at(data, story, skill_id, start)
    if duration is None or calendar_id is None:
        return None
    return seconds_open(data, calendar_id, start, start + duration * MICROSECOND)


def known_total(values: Iterable[int | None]) -> int | None:
    """The sum of those that are known; None where none is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def business_of_leg(data: Data, leg: Leg) -> int | None:
    return business(data, leg.story, leg.skill_id, leg.queued_at, leg.duration)


def business_queue(data: Data, story: Story) -> int | None:
    """Of an accepted session, all its waiting before the acceptance, which may be none."""
    if not story.contacts:
        return None
    if not first_legs(story):
        return 0
    parts = [business_of_leg(data, leg) for leg in first_legs(story)]
    return None if None in parts else sum(parts)


def business_first_response(data: Data, story: Story) -> int | None:
    duration = session_first_response(story)
    if duration is None:
        return None
    return business(data, story, first_skill(story), story.first_accepted_at, duration)


def business_resolution(data: Data, story: Story) -> int | None:
    if not story.is_closed:
        return None
    start = story.session["started_at"]
    duration = micros(start, story.last_close["occurred_at"])
    return business(data, story, first_skill(story), start, duration)


def business_of_turn(data: Data, story: Story, turn: Turn) -> int | None:
    if not turn.is_agent_response:
        return None
    skill_id = turn.contact.skill_id if turn.contact else None
    return business(data, story, skill_id, turn.response_started_at, turn.response)


def business_of_contact(data: Data, contact: Contact) -> int | None:
    """Its first response."""
    return business(
        data, contact.story, contact.skill_id, contact.accepted_at, contact.first_response
    )


def business_of_agent_session(data: Data, agent_session: AgentSession) -> int | None:
    """The first response of the first contact that has one."""
    answered = [c for c in agent_session.contacts if c.first_response is not None]
    return business_of_contact(data, answered[0]) if answered else None


def is_outside_hours(data: Data, story: Story) -> bool | None:
    start = story.session["started_at"]
    calendar_id = calendar_at(data, story, first_skill(story), start)
    if calendar_id is None:
        return None
    return not any(opened <= start < closed for opened, closed in data.open_spans[calendar_id])


def responses_of(data: Data, story: Story, turns: Iterable[Turn]) -> list[int | None]:
    return [business_of_turn(data, story, turn) for turn in turns if turn.is_agent_response]


def response_record(data: Data, story: Story, turns: Iterable[Turn]) -> Record:
    """How many answers have a calendar, and how much of their time is in its hours."""
    known = [value for value in responses_of(data, story, turns) if value is not None]
    return blank_unless(
        data.has("raw_messages"),
        {
            "business_response_count": len(known),
            "business_response_seconds": seconds(known_total(known)),
        },
    )


def session_business_record(data: Data, story: Story) -> Record:
    messages = data.has("raw_messages")
    return {
        "business_queue_seconds": seconds(business_queue(data, story)),
        "business_first_response_seconds": (
            seconds(business_first_response(data, story)) if messages else None
        ),
        **response_record(data, story, story.turns),
        "business_resolution_seconds": seconds(business_resolution(data, story)),
        "is_outside_hours": is_outside_hours(data, story),
    }


def figures(name: str, count_name: str, values: Iterable[int | None]) -> Record:
    """The total of those that are known, their number and their average."""
    known = [value for value in values if value is not None]
    return {
        f"business_{name}_seconds": seconds(sum(known)),
        count_name: len(known),
        f"avg_business_{name}_seconds": seconds(ratio(sum(known), len(known))),
    }


def session_business_indicators(data: Data, stories: list[Story]) -> Record:
    firsts = [business_first_response(data, story) for story in stories]
    responses = [
        value for story in stories for value in responses_of(data, story, story.turns)
    ]
    found = {
        **figures("first_response", "business_first_response_session_count", firsts),
        **figures("response", "business_response_count", responses),
    }
    queues = [business_queue(data, story) for story in stories]
    return {
        **figures("queue", "business_queue_session_count", queues),
        **(found if data.has("raw_messages") else dict.fromkeys(found)),
        "outside_hours_session_count": sum(
            bool(is_outside_hours(data, story)) for story in stories
        ),
    }


def leg_business_indicators(data: Data, legs: list[Leg]) -> Record:
    values = [business_of_leg(data, leg) for leg in legs]
    return figures("queue", "business_queue_leg_count", values)


def agent_business_indicators(data: Data, agent_sessions: list[AgentSession]) -> Record:
    firsts = [business_of_agent_session(data, one) for one in agent_sessions]
    responses = [
        value
        for one in agent_sessions
        for contact in one.contacts
        for value in responses_of(data, one.story, contact.agent_responses)
    ]
    found = {
        **figures("first_response", "business_first_response_session_count", firsts),
        **figures("response", "business_response_count", responses),
    }
    return found if data.has("raw_messages") else dict.fromkeys(found)


def digital_business_indicators(
    data: Data, contacts: list[Contact], resolved: list[Story], is_voice: bool
) -> Record:
    """N5's contacts, their responses, and the sessions of N18."""
    firsts = [business_of_contact(data, c) for c in contacts if (c.first_response or 0) > 0]
    responses = [
        value
        for contact in contacts
        for value in responses_of(data, contact.story, contact.agent_responses)
    ]
    of_messages = {
        **figures("first_response", "business_first_response_count", firsts),
        **figures("response", "business_response_count", responses),
    }
    resolutions = figures(
        "resolution", "business_resolution_count",
        [business_resolution(data, story) for story in resolved],
    )
    is_known = data.has("raw_messages") and not is_voice
    return {
        **(of_messages if is_known else dict.fromkeys(of_messages)),
        **(dict.fromkeys(resolutions) if is_voice else resolutions),
    }
