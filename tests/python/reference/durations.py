"""Every measured duration in one list, its percentiles and its histogram."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction

from reference.arithmetic import grouped, seconds
from reference.contacts import resolution_duration, session_duration
from reference.contract import Record
from reference.days import day_of
from reference.indicators import closes_of
from reference.queues import leg_dimensions
from reference.story import Contact, Data, Story
from reference.turns import session_first_response

UPPER_SECONDS = (
    1, 2, 5, 10, 15, 20, 25, 30, 45, 60, 90, 120, 180, 240, 300, 600, 900, 1800, 3600, 7200,
    14400, 28800, 86400, 259200, 604800, math.inf,
)
PERCENTILES = (50, 75, 90, 95, 99)


def described(
    story: Story, measure: str, at: datetime, duration: int | None, **dimensions: str | None
) -> Iterator[Record]:
    """The record of a duration, where it is known."""
    if duration is not None:
        yield {
            "measure": measure,
            "company_id": story.company_id,
            "date_day": day_of(story.zone, at),
            **dict.fromkeys(("agent_id", "team_id", "skill_id", "campaign_id")),
            **dimensions,
            "channel_id": story.session["channel_id"],
            "direction": story.session["direction"],
            "session_id": story.id,
            "microseconds": duration,
        }


def dimensions_of(contact: Contact | None) -> dict[str, str | None]:
    if contact is None:
        return {}
    return {
        "agent_id": contact.agent_id,
        "team_id": contact.team_id,
        "skill_id": contact.skill_id,
        "campaign_id": contact.campaign_id,
    }


def durations_of_legs(story: Story) -> Iterator[Record]:
    for leg in story.legs:
        if leg.result in ("answered", "abandoned"):
            dimensions = {key: leg_dimensions(leg)[key] for key in ("skill_id", "campaign_id")}
            measure = f"queue_{leg.result}"
            yield from described(story, measure, leg.queued_at, leg.duration, **dimensions)


def durations_of_session(data: Data, story: Story) -> Iterator[Record]:
    start, campaign_id = story.session["started_at"], story.session["campaign_id"]
    if data.has("raw_messages"):
        yield from described(
            story, "session_first_response", start, session_first_response(story),
            campaign_id=campaign_id,
        )
    yield from described(
        story, "session", start, session_duration(story), campaign_id=campaign_id
    )
    for close in closes_of(story):
        if close.is_final:
            yield from described(
                story, "resolution", close.at, resolution_duration(story),
                **dimensions_of(close.contact),
            )


def durations_of_contacts(data: Data, story: Story) -> Iterator[Record]:
    for contact in story.contacts:
        dimensions, at = dimensions_of(contact), contact.accepted_at
        if data.has("raw_messages"):
            yield from described(
                story, "first_response", at, contact.first_response, **dimensions
            )
        yield from described(story, "contact", at, contact.duration, **dimensions)
        yield from described(story, "handle", at, contact.handle, **dimensions)


def durations_of_turns(story: Story) -> Iterator[Record]:
    for turn in story.turns:
        yield from described(
            story, "response", turn.first_at, turn.response, **dimensions_of(turn.contact)
        )


def all_durations(data: Data, stories: list[Story]) -> list[Record]:
    return [
        record
        for story in stories
        for records in (
            durations_of_legs(story),
            durations_of_session(data, story),
            durations_of_contacts(data, story),
            durations_of_turns(story),
        )
        for record in records
    ]


def duration_records(durations: list[Record]) -> list[Record]:
    """fct_durations: seconds instead of microseconds."""
    return [
        {
            **{column: value for column, value in row.items() if column != "microseconds"},
            "seconds": seconds(row["microseconds"]),
        }
        for row in durations
    ]


def percentile(ordered: list[int], percent: int) -> Fraction:
    """Between the two nearest, in proportion."""
    place = Fraction(percent, 100) * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def percentile_records(durations: list[Record], first_day: date, last_day: date) -> list[Record]:
    groups = grouped(
        [row for row in durations if first_day <= row["date_day"] <= last_day],
        lambda row: {
            key: row[key] for key in ("company_id", "measure", "skill_id", "channel_id")
        },
    )
    records = []
    for dimensions, members in groups:
        ordered = sorted(row["microseconds"] for row in members)
        records.append(
            {
                **dimensions,
                "duration_count": len(ordered),
                **{f"p{p}_seconds": seconds(percentile(ordered, p)) for p in PERCENTILES},
                "longest_seconds": seconds(ordered[-1]),
            }
        )
    return records


def upper_edge(duration: int) -> float:
    """The first edge that the duration doesn't exceed."""
    return float(next(edge for edge in UPPER_SECONDS if duration <= edge * 1_000_000))


def histogram_records(durations: list[Record]) -> list[Record]:
    groups = grouped(
        durations,
        lambda row: {
            **{
                key: row[key]
                for key in ("company_id", "date_day", "measure", "skill_id", "channel_id")
            },
            "upper_seconds": upper_edge(row["microseconds"]),
        },
    )
    return [
        {
            **dimensions,
            "duration_count": len(members),
            "duration_seconds": seconds(sum(row["microseconds"] for row in members)),
        }
        for dimensions, members in groups
    ]
