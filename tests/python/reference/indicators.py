"""S1 to S9, A1 to A26, N1 to N19 of the members of one row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from reference.arithmetic import (
    as_number,
    blank_unless,
    grouped,
    mean,
    micros,
    ratio,
    seconds,
    total,
)
from reference.business import (
    agent_business_indicators,
    digital_business_indicators,
    known_total,
    session_business_indicators,
)
from reference.contacts import (
    last_contact_before,
    queue_duration,
    resolution_duration,
    session_duration,
)
from reference.contract import Record, Row
from reference.handling import session_handle_indicators
from reference.pendings import pended_while_waiting
from reference.queues import session_queue_indicators
from reference.story import AgentSession, Contact, Data, Story
from reference.turns import is_valid_session, session_first_response, session_responses


def response_indicators(means: list[Fraction | None], responses: list[int]) -> Record:
    """The mean of the sessions' means that are not zero, and the mean of all responses."""
    positive = [value for value in means if value]
    return {
        "mean_response_seconds": seconds(total(positive)),
        "mean_response_session_count": len(positive),
        "avg_response_seconds": seconds(ratio(total(positive), len(positive))),
        "response_seconds": seconds(sum(responses)),
        "response_count": len(responses),
        "pooled_avg_response_seconds": seconds(mean(responses)),
    }


def session_indicators(data: Data, stories: list[Story]) -> Record:
    """S1 to S9 of some sessions."""
    human = [story for story in stories if story.contacts]
    queues = total(queue_duration(story, data.as_of) for story in human)
    durations = [session_duration(story) for story in human if story.is_closed]
    firsts = [
        value for value in map(session_first_response, stories) if value is not None
    ]
    scores = [story.evaluation["score"] for story in stories if story.evaluation]
    return {
        "session_count": len(stories),
        "human_session_count": len(human),
        "queue_seconds": seconds(queues),
        "avg_queue_seconds": seconds(ratio(queues, len(human))),
        "closed_human_session_count": len(durations),
        "session_seconds": seconds(sum(durations)),
        "avg_session_seconds": seconds(mean(durations)),
        **session_queue_indicators(stories),
        **session_handle_indicators(data, stories),
        **session_business_indicators(data, stories),
        "pended_while_customer_waits_count": known_total(
            pended_while_waiting(data, story) for story in stories
        ),
        **blank_unless(
            data.has("raw_messages"),
            {
                "valid_session_count": sum(
                    story.is_digital and is_valid_session(story) for story in stories
                ),
                "first_response_seconds": seconds(sum(firsts)),
                "first_response_session_count": len(firsts),
                "avg_first_response_seconds": seconds(mean(firsts)),
                **response_indicators(
                    [mean(session_responses(story)) for story in stories],
                    [value for story in stories for value in session_responses(story)],
                ),
            },
        ),
        **blank_unless(
            data.has("raw_evaluations"),
            {
                "evaluated_session_count": len(scores),
                **{f"score_{k}_session_count": scores.count(k) for k in range(1, 6)},
                **{
                    f"score_{k}_rate": as_number(ratio(scores.count(k), len(scores)))
                    for k in range(1, 6)
                },
            },
        ),
    }


def satisfaction_records(stories: list[Story]) -> list[Record]:
    """Five rows for each company and day with an evaluated session."""
    groups = grouped(
        [story for story in stories if story.evaluation],
        lambda story: {"company_id": story.company_id, "date_day": story.day},
    )
    records = []
    for dimensions, members in groups:
        scores = [story.evaluation["score"] for story in members]
        for k in range(1, 6):
            records.append(
                {
                    **dimensions,
                    "score": k,
                    "session_count": scores.count(k),
                    "session_rate": as_number(ratio(scores.count(k), len(scores))),
                }
            )
    return records


def presence_indicators(data: Data, states: list[Record], clock_events: list[Row]) -> Record:
    """A1 to A8."""
    spent = {
        state: total(
            micros(row["started_at"], row["ended_at"]) for row in states if row["state"] == state
        )
        for state in ("idle", "busy", "break")
    }
    presence = sum(spent.values())
    logins = [row["occurred_at"] for row in clock_events if row["event_type"] == "login"]
    logouts = [row["occurred_at"] for row in clock_events if row["event_type"] == "logout"]
    return blank_unless(
        data.has("raw_agent_events"),
        {
            "first_login_at": min(logins, default=None),
            "last_logout_at": max(logouts, default=None),
            "presence_seconds": seconds(presence),
            **{f"{state}_seconds": seconds(spent[state]) for state in spent},
            **{f"{state}_rate": as_number(ratio(spent[state], presence)) for state in spent},
        },
    )


def agent_session_indicators(data: Data, members: list[AgentSession]) -> Record:
    """A9 to A26."""
    digital = [one for one in members if one.story.is_digital]
    durations = [one.duration for one in members if one.is_ended]
    firsts = [one.first_response for one in members if one.first_response is not None]
    scores = [one.score for one in members if one.score is not None]
    satisfied = sum(score >= 4 for score in scores)
    customers = {one.story.session["customer_id"] for one in members} - {None}
    agent_messages = sum(one.agent_message_count for one in members)
    customer_messages = sum(one.customer_message_count for one in members)
    unreplied = sum(one.is_unreplied for one in digital)

    def is_within_threshold(duration: int | Fraction | None) -> bool:
        return duration is not None and duration <= data.threshold * 1_000_000

    first_within = sum(is_within_threshold(one.first_response) for one in digital)
    mean_within = sum(is_within_threshold(mean(one.responses)) for one in digital)
    return {
        "session_count": len(members),
        "digital_session_count": len(digital),
        "transferred_session_count": sum(
            any(contact.is_transferred_out for contact in one.contacts) for one in members
        ),
        "transferred_in_session_count": sum(
            any(contact.is_transferred_in for contact in one.contacts) for one in members
        ),
        "agent_closed_session_count": sum(one.is_closed_by_agent for one in members),
        "customer_count": len(customers),
        **agent_business_indicators(data, members),
        "session_seconds": seconds(sum(durations)),
        "ended_session_count": len(durations),
        "avg_session_seconds": seconds(mean(durations)),
        **blank_unless(
            data.has("raw_messages"),
            {
                "valid_session_count": sum(one.is_valid for one in digital),
                "message_count": agent_messages + customer_messages,
                "agent_message_count": agent_messages,
                "customer_message_count": customer_messages,
                "unreplied_session_count": unreplied,
                "unreplied_rate": as_number(ratio(unreplied, len(digital))),
                "first_response_seconds": seconds(sum(firsts)),
                "first_response_session_count": len(firsts),
                "avg_first_response_seconds": seconds(mean(firsts)),
                "first_response_within_30s_session_count": first_within,
                "first_response_within_30s_rate": as_number(ratio(first_within, len(digital))),
                "response_within_30s_session_count": mean_within,
                "response_within_30s_rate": as_number(ratio(mean_within, len(digital))),
                **response_indicators(
                    [mean(one.responses) for one in members],
                    [value for one in members for value in one.responses],
                ),
            },
        ),
        **blank_unless(
            data.has("raw_evaluations"),
            {
                "evaluated_session_count": len(scores),
                "satisfied_session_count": satisfied,
                "satisfaction_rate": as_number(ratio(satisfied, len(scores))),
            },
        ),
    }


@dataclass
class Close:
    """One close of a session and the contact it is counted for."""

    contact: Contact
    at: datetime
    is_final: bool


def closes_of(story: Story) -> list[Close]:
    """Every close that closed something goes to the last contact begun before it, if any."""
    closes = []
    for position in story.close_positions:
        contact = last_contact_before(story, position)
        if contact is not None:
            is_final = story.is_closed and position == story.close_positions[-1]
            closes.append(Close(contact, story.events[position]["occurred_at"], is_final))
    return closes


def digital_indicators(data: Data, members: list[Contact | Close]) -> Record:
    """N1 to N19 of the contacts and closes of one row, which all are of one channel."""
    contacts = [member for member in members if isinstance(member, Contact)]
    closes = [member for member in members if isinstance(member, Close)]
    is_voice = (contacts or [close.contact for close in closes])[0].story.medium == "voice"

    agent_responses = sum(len(contact.agent_responses) for contact in contacts)
    customer_responses = sum(len(contact.customer_responses) for contact in contacts)
    customer_responded = sum(bool(contact.customer_responses) for contact in contacts)
    follow_on_count = sum(len(contact.follow_on_responses) for contact in contacts)
    follow_on = total(
        turn.response for contact in contacts for turn in contact.follow_on_responses
    )
    first_responses = total(contact.first_response for contact in contacts)
    responded = sum((contact.first_response or 0) > 0 for contact in contacts)

    ended = [contact for contact in contacts if contact.ended_at is not None]
    ended_duration = total(contact.duration for contact in ended)
    ended_focus = total(contact.focus_duration for contact in ended)

    resolved_stories = [close.contact.story for close in closes if close.is_final]
    resolved = {story.id: resolution_duration(story) for story in resolved_stories}

    answered = len(contacts) if is_voice else responded
    if not is_voice and not data.has("raw_messages"):
        answered = None
    return {
        **digital_business_indicators(data, contacts, resolved_stories, is_voice),
        "agent_contact_count": len(contacts),
        "answered_agent_contact_count": answered,
        "first_response_rate": as_number(ratio(answered, len(contacts))),
        **blank_unless(
            not is_voice,
            {
                "digital_agent_contact_count": len(contacts),
                "agent_contact_seconds": seconds(ended_duration),
                "close_count": len(closes),
                "closed_session_count": len(resolved),
                "resolution_seconds": seconds(sum(resolved.values())),
                "avg_resolution_seconds": seconds(
                    ratio(sum(resolved.values()), len(resolved))
                ),
            },
        ),
        **blank_unless(
            not is_voice and data.has("raw_messages"),
            {
                "first_response_seconds": seconds(first_responses),
                "agent_message_count": sum(len(c.agent_messages) for c in contacts),
                "agent_response_count": agent_responses,
                "responded_agent_contact_count": responded,
                "avg_first_response_seconds": seconds(ratio(first_responses, responded)),
                "avg_agent_response_count": as_number(ratio(agent_responses, len(contacts))),
                "customer_response_count": customer_responses,
                "customer_responded_agent_contact_count": customer_responded,
                "avg_customer_response_count": as_number(
                    ratio(customer_responses, customer_responded)
                ),
                "follow_on_response_count": follow_on_count,
                "follow_on_response_seconds": seconds(follow_on),
                "avg_follow_on_response_seconds": seconds(ratio(follow_on, follow_on_count)),
                "total_response_count": agent_responses + customer_responses,
                # Its former name.
                "response_count": agent_responses + customer_responses,
            },
        ),
        **blank_unless(
            not is_voice and data.has("raw_focus_events"),
            {
                "focus_count": sum(len(contact.focus) for contact in contacts),
                "focus_seconds": seconds(total(c.focus_duration for c in contacts)),
                "ended_focus_seconds": seconds(ended_focus),
                "focus_rate": as_number(ratio(ended_focus, ended_duration)),
            },
        ),
    }
