"""Members grouped by their dimensions, with the indicators of each group."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from reference.arithmetic import grouped
from reference.contract import Record
from reference.days import day_of
from reference.facts import contact_dimensions
from reference.indicators import (
    Close,
    agent_session_indicators,
    closes_of,
    digital_indicators,
    presence_indicators,
    satisfaction_records,
    session_indicators,
)
from reference.lookups import company_of_agent, zone_of_company
from reference.story import AgentSession, Contact, Data, Story

Days = tuple[date, date]


def is_within(day: date, days: Days) -> bool:
    return days[0] <= day <= days[1]


def session_marts(
    data: Data, stories: list[Story], days: Days
) -> dict[str, list[Record]]:
    daily = grouped(stories, lambda s: {"company_id": s.company_id, "date_day": s.day})
    overall = grouped(stories, lambda s: {"company_id": s.company_id})
    chosen = grouped(
        [story for story in stories if is_within(story.day, days)],
        lambda s: {"company_id": s.company_id},
    )
    return {
        "session_analysis_daily": [
            {**dimensions, **session_indicators(data, members)} for dimensions, members in daily
        ],
        "session_analysis_aggregated": [
            {**dimensions, **session_indicators(data, members)} for dimensions, members in overall
        ],
        "session_analysis": [
            {**dimensions, **session_indicators(data, members)} for dimensions, members in chosen
        ],
        "satisfaction_daily": satisfaction_records(stories),
    }


def agent_marts(
    data: Data, agent_sessions: list[AgentSession], states: list[Record], days: Days
) -> dict[str, list[Record]]:
    """A row for each agent (and day) with presence, a login or logout, or a session."""
    clock_events = []
    for event in data.rows["raw_agent_events"]:
        if event["event_type"] in ("login", "logout"):
            company_id = company_of_agent(data, event["agent_id"])
            day = day_of(zone_of_company(data, company_id), event["occurred_at"])
            clock_events.append((event["agent_id"], day, event))

    def rows(with_day: bool, days: Days = (date.min, date.max)) -> list[Record]:
        found: dict[tuple, tuple[list, list, list]] = defaultdict(lambda: ([], [], []))
        happened = (
            *((0, own.agent_id, own.day, own) for own in agent_sessions),
            *((1, state["agent_id"], state["date_day"], state) for state in states),
            *((2, agent_id, day, event) for agent_id, day, event in clock_events),
        )
        for kind, agent_id, day, member in happened:
            if is_within(day, days):
                found[agent_id, day if with_day else None][kind].append(member)
        return [
            {
                "company_id": company_of_agent(data, agent_id),
                "agent_id": agent_id,
                **({"date_day": day} if with_day else {}),
                **presence_indicators(data, agent_states_here, agent_events_here),
                **agent_session_indicators(data, agent_sessions_here),
            }
            for (agent_id, day), (agent_sessions_here, agent_states_here, agent_events_here) in
            sorted(found.items(), key=str)
        ]

    return {
        "agent_analysis_daily": rows(True),
        "agent_analysis_aggregated": rows(False),
        "agent_analysis": rows(False, days),
    }


def digital_marts(
    data: Data, stories: list[Story], days: Days
) -> dict[str, list[Record]]:
    """Contacts stand on the day of their acceptance, closes on their own, in the same rows."""
    countable = [story for story in stories if story.medium in ("digital", "voice")]
    members: list[Contact | Close] = [
        member
        for story in countable
        # Of a voice channel only the response rate is known, and closes say nothing of that.
        for member in story.contacts + (closes_of(story) if story.is_digital else [])
    ]

    def contact_of(member: Contact | Close) -> Contact:
        return member if isinstance(member, Contact) else member.contact

    def overall(member: Contact | Close) -> Record:
        return contact_dimensions(contact_of(member))

    def daily(member: Contact | Close) -> Record:
        at = member.accepted_at if isinstance(member, Contact) else member.at
        return {"date_day": day_of(contact_of(member).story.zone, at), **overall(member)}

    def daily_with_tag(pair: tuple[str, Contact | Close]) -> Record:
        return {**daily(pair[1]), "tag_name": pair[0]}

    tagged = [(tag, member) for member in members for tag in contact_of(member).story.tags]
    return {
        "digital_metrics_daily": [
            {**dimensions, **digital_indicators(data, group)}
            for dimensions, group in grouped(members, daily)
        ],
        "digital_metrics_aggregated": [
            {**dimensions, **digital_indicators(data, group)}
            for dimensions, group in grouped(members, overall)
        ],
        "digital_metrics": [
            {**dimensions, **digital_indicators(data, group)}
            for dimensions, group in grouped(
                [member for member in members if is_within(daily(member)["date_day"], days)],
                overall,
            )
        ],
        "digital_metrics_by_tag_daily": [
            {**dimensions, **digital_indicators(data, [member for _, member in group])}
            for dimensions, group in grouped(tagged, daily_with_tag)
        ],
    }


def tag_mart(stories: list[Story]) -> list[Record]:
    """N20: attachments that stand, on the days they were made."""
    attachments = [
        (story, row) for story in stories if story.is_digital for row in story.attachments
    ]
    groups = grouped(
        attachments,
        lambda pair: {
            "company_id": pair[0].company_id,
            "date_day": day_of(pair[0].zone, pair[1]["occurred_at"]),
            "tag_name": pair[1]["tag_name"],
        },
    )
    return [
        {
            **dimensions,
            "tag_count": len(members),
            "tagged_session_count": len({story.id for story, _ in members}),
        }
        for dimensions, members in groups
    ]
