"""Evaluations, tags and focus: what was marked on a session from beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from reference.contract import Row
from reference.scales import kind_of, scale_of
from reference.story import Data, Story


def owner_of_evaluation(story: Story, evaluation: Row) -> str | None:
    """The agent it names, if that one had the session; unnamed, the last one accepted by then."""
    if evaluation["agent_id"] is not None:
        is_known = any(c.agent_id == evaluation["agent_id"] for c in story.contacts)
        return evaluation["agent_id"] if is_known else None
    by_then = [c for c in story.contacts if c.accepted_at <= evaluation["submitted_at"]]
    return by_then[-1].agent_id if by_then else None


def is_usual_satisfaction(evaluation: Row) -> bool:
    """Of satisfaction, on the scale of 1 to 5."""
    return kind_of(evaluation) == "csat" and scale_of(evaluation) == (1, 5)


def choose_evaluation(story: Story, evaluations: list[Row]) -> None:
    """The last submission counts."""
    usual = [row for row in evaluations if is_usual_satisfaction(row)]
    if usual:
        story.evaluation = max(usual, key=lambda row: (row["submitted_at"], row["evaluation_id"]))
        story.evaluated_agent_id = owner_of_evaluation(story, story.evaluation)


def find_standing_attachments(story: Story, tag_events: list[Row]) -> None:
    """Each message's attachments of a tag are a stack; a detach without message clears the tag."""
    standing: list[Row] = []
    for event in sorted(tag_events, key=lambda row: (row["occurred_at"], row["event_id"])):
        if event["event_type"] == "attached":
            standing.append(event)
            continue
        of_tag = [row for row in standing if row["tag_name"] == event["tag_name"]]
        if event["message_id"] is None:
            undone = of_tag
        else:
            undone = [row for row in of_tag if row["message_id"] == event["message_id"]][-1:]
        standing = [row for row in standing if row not in undone]
    story.attachments = standing


def focus_intervals(
    agent_events: list[Row], as_of: datetime
) -> Iterator[tuple[Row, datetime]]:
    """Each focus and when it ends: an agent looks at one session until blurring it or looking at
    anything again."""
    ordered = sorted(agent_events, key=lambda row: (row["occurred_at"], row["event_id"]))
    for position, event in enumerate(ordered):
        if event["event_type"] != "focus":
            continue
        ends = (
            later["occurred_at"]
            for later in ordered[position + 1 :]
            if later["event_type"] == "focus" or later["session_id"] == event["session_id"]
        )
        yield event, next(ends, as_of)


def give_focus_to_contacts(data: Data, stories: dict[str, Story]) -> None:
    """Only what lies within the agent's own contacts, and has a length, counts."""
    by_agent: dict[str, list[Row]] = defaultdict(list)
    for row in data.rows["raw_focus_events"]:
        by_agent[row["agent_id"]].append(row)
    for agent_id, events in by_agent.items():
        for event, end in focus_intervals(events, data.as_of):
            for contact in stories[event["session_id"]].contacts:
                if contact.agent_id != agent_id:
                    continue
                clipped_start = max(event["occurred_at"], contact.accepted_at)
                clipped_end = min(end, contact.ended_at or data.as_of)
                if clipped_start < clipped_end:
                    contact.focus.append((event["event_id"], clipped_start, clipped_end))
