"""Whether a matter came back, and what was resolved at first contact."""

from __future__ import annotations

from datetime import datetime, timedelta

from reference.arithmetic import as_number, micros, ratio, seconds
from reference.contacts import is_single_agent, last_contact_before
from reference.contract import Record
from reference.queues import first_skill
from reference.story import Contact, Data, Story
from reference.turns import agent_turn_count


def is_of_a_counted_direction(data: Data, story: Story) -> bool:
    return story.session["direction"] in data.matters.repeat_directions


def is_same_matter(data: Data, story: Story, other: Story) -> bool:
    """By the same customer with the same company, and what the scope asks for besides."""
    if other is story or other.company_id != story.company_id:
        return False
    if other.session["customer_id"] != story.session["customer_id"]:
        return False
    own, others = {
        "customer": ("any", "any"),
        "customer_skill": (first_skill(story), first_skill(other)),
        "customer_topic": (story.session["topic"], other.session["topic"]),
    }[data.matters.repeat_scope]
    return own is not None and own == others


def next_session(
    data: Data, stories: list[Story], story: Story, after: datetime, window: timedelta
) -> Story | None:
    """The next other one that starts after an instant and within a window of it."""
    if story.session["customer_id"] is None or not is_of_a_counted_direction(data, story):
        return None
    following = [
        other
        for other in stories
        if is_of_a_counted_direction(data, other)
        and is_same_matter(data, story, other)
        and other.id != story.id
        and after < other.session["started_at"] <= after + window
    ]
    return min(
        following, key=lambda other: (other.session["started_at"], other.id), default=None
    )


def closed_at(story: Story) -> datetime:
    return story.last_close["occurred_at"]


def matures_at(data: Data, story: Story) -> datetime | None:
    """When a known customer of a direction that is asked has had the time to come back."""
    if story.session["customer_id"] is None or not is_of_a_counted_direction(data, story):
        return None
    return closed_at(story) + data.matters.repeat_window


def is_matured(data: Data, story: Story) -> bool | None:
    """Whether that has come; None where nobody is known."""
    if story.session["customer_id"] is None:
        return None
    at = matures_at(data, story)
    return at is not None and at <= data.as_of


def last_contact(story: Story) -> Contact | None:
    """At or last before the last close."""
    return last_contact_before(story, story.close_positions[-1])


def is_one_touch(data: Data, story: Story) -> bool | None:
    if story.is_digital and not data.has("raw_messages"):
        return None
    return (
        story.reopened_count == 0
        and len(story.contacts) == 1
        and (not story.is_digital or agent_turn_count(story) == 1)
    )


def resolution_rows(data: Data, stories: list[Story]) -> list[Record]:
    """One for each session that is closed now."""
    found = []
    for story in stories:
        if not story.is_closed:
            continue
        following = next_session(
            data, stories, story, closed_at(story), data.matters.repeat_window
        )
        matured, contact = is_matured(data, story), last_contact(story)
        found.append(
            {
                "story": story,
                "session_id": story.id,
                "company_id": story.company_id,
                "channel_id": story.session["channel_id"],
                "skill_id": contact.skill_id if contact else first_skill_of_leg(story),
                "agent_id": contact.agent_id if contact else None,
                "next_session_id": following and following.id,
                "seconds_to_next": following and seconds(
                    micros(closed_at(story), following.session["started_at"])
                ),
                "matures_at": matures_at(data, story),
                "is_matured": matured,
                "is_repeated": following is not None if matured else None,
                "is_one_touch": is_one_touch(data, story),
            }
        )
    return found


def first_skill_of_leg(story: Story) -> str | None:
    return story.legs[0].skill_id if story.legs else None


def resolution_indicators(rows: list[Record]) -> Record:
    def count(condition) -> int:
        return sum(bool(condition(row)) for row in rows)

    def is_first_contact(row: Record) -> bool:
        story = row["story"]
        return bool(row["is_matured"] and story.contacts) and (
            story.reopened_count == 0 and not row["is_repeated"]
        )

    matured = count(lambda row: row["is_matured"])
    repeated = count(lambda row: row["is_repeated"])
    accepted = count(lambda row: row["is_matured"] and row["story"].contacts)
    first_contact = count(is_first_contact)
    touches = [row["is_one_touch"] for row in rows if row["is_one_touch"] is not None]
    return {
        "closed_session_count": len(rows),
        "reopened_session_count": count(lambda row: row["story"].reopened_count > 0),
        "matured_session_count": matured,
        "repeated_session_count": repeated,
        "repeat_rate": as_number(ratio(repeated, matured)),
        "matured_accepted_session_count": accepted,
        "first_contact_count": first_contact,
        "first_contact_resolution_rate": as_number(ratio(first_contact, accepted)),
        "one_touch_session_count": sum(touches) if touches else None,
        "single_agent_session_count": count(lambda row: is_single_agent(row["story"])),
        "unknown_customer_session_count": count(
            lambda row: row["story"].session["customer_id"] is None
        ),
    }
