"""Promises: which policy holds for which wait, how long it has run, and whether it was kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from reference.arithmetic import MICROSECOND, as_number, micros, ratio, seconds
from reference.bots import bot_part
from reference.business import seconds_open
from reference.calendars import calendar_at
from reference.contract import Record, Row
from reference.days import day_of
from reference.labels import labels_of
from reference.lookups import skill_at
from reference.pendings import pendings_of
from reference.queues import first_skill
from reference.story import Data, Story

STATES = ("met", "breached", "cancelled", "running")
FIELDS = ("company_id", "skill_id", "channel_id", "priority")
Stretch = tuple[datetime, datetime]


@dataclass
class Clock:
    """One wait that a policy may hold for."""

    story: Story
    metric: str
    number: int
    started_at: datetime
    stopped_at: datetime | None
    is_started_by_message: bool = False


def first_acceptance_position(story: Story) -> int | None:
    return story.contacts[0].accepted_position if story.contacts else None


def start_of_first_response(story: Story) -> datetime | None:
    """The session's; where a bot came before the first person, its hand-off, if there was one."""
    part = bot_part(story)
    first = first_acceptance_position(story)
    if part is None or (first is not None and story.events[first] not in part.later):
        return story.session["started_at"]
    return part.handed_off_at


def clock_of_first_response(story: Story) -> Iterator[Clock]:
    if story.session["direction"] == "outbound":
        return
    start = start_of_first_response(story)
    if start is None:
        return
    if story.is_digital:
        answers = [
            row["sent_at"]
            for row in story.messages
            if row["sender_type"] == "agent" and row["sent_at"] >= start
        ]
        stop = min(answers, default=None)
    else:
        stop = story.first_accepted_at
    yield Clock(story, "first_response", 1, start, stop)


def clocks_of_next_responses(story: Story) -> Iterator[Clock]:
    """One for each turn of the customer after the first message of an agent."""
    number, has_agent_written = 0, False
    for turn, following in pairwise([*story.turns, None]):
        if turn.side == "agent":
            has_agent_written = True
        elif has_agent_written:
            number += 1
            stop = following and following.first_at
            yield Clock(
                story, "next_response", number, turn.first_at, stop, is_started_by_message=True
            )


def clocks_of(data: Data, story: Story) -> Iterator[Clock]:
    if data.has("raw_messages") or not story.is_digital:
        yield from clock_of_first_response(story)
    if story.is_digital:
        yield from clocks_of_next_responses(story)
    stop = story.last_close["occurred_at"] if story.is_closed else None
    yield Clock(story, "resolution", 1, story.session["started_at"], stop)


def skill_of_session_at(story: Story, at: datetime, with_instant: bool) -> str | None:
    """That of the latest leg or acceptance by an instant, before the first one the session's."""
    positions = [
        position
        for position, event in enumerate(story.events)
        if event["event_type"] in ("queued", "accepted")
        and (event["occurred_at"] < at or (with_instant and event["occurred_at"] == at))
    ]
    return skill_at(story, positions[-1]) if positions else first_skill(story)


def skill_of_clock(clock: Clock) -> str | None:
    """A message comes before the events of its instant."""
    with_instant = not clock.is_started_by_message
    return skill_of_session_at(clock.story, clock.started_at, with_instant)


def valid_policies(data: Data, at: datetime) -> list[Row]:
    """Those that hold, the latest first."""
    latest_first = sorted(
        data.rows["raw_sla_policies"], key=lambda row: row["valid_from"], reverse=True
    )
    return [
        row
        for row in latest_first
        if row["valid_from"] <= at and (row["valid_to"] is None or at < row["valid_to"])
    ]


def policy_of(data: Data, clock: Clock, skill_id: str | None) -> Row | None:
    """The one that says most of the session; of several the lowest id, and of that the latest."""
    story = clock.story
    calendar_id = calendar_at(data, story, skill_id, clock.started_at)
    own = {
        "company_id": story.company_id,
        "skill_id": skill_id,
        "channel_id": story.session["channel_id"],
        "priority": story.session["priority"],
    }
    matching = [
        row
        for row in valid_policies(data, clock.started_at)
        if row["metric"] == clock.metric
        and all(row[field] in (None, own[field]) for field in FIELDS)
        and (row["clock"] == "always" or calendar_id is not None)
    ]
    return min(
        matching,
        key=lambda row: (-sum(row[field] is not None for field in FIELDS), row["policy_id"]),
        default=None,
    )


def without(stretches: list[Stretch], holes: list[Stretch]) -> list[Stretch]:
    """What is left of stretches outside some holes."""
    for hole_start, hole_end in holes:
        stretches = [
            piece
            for start, end in stretches
            for piece in ((start, min(end, hole_start)), (max(start, hole_end), end))
            if piece[0] < piece[1]
        ]
    return stretches


def length(stretches: list[Stretch]) -> int:
    return sum(micros(start, end) for start, end in stretches)


def instant_after(stretches: list[Stretch], duration: int) -> datetime | None:
    """When so much of the stretches has passed."""
    for start, end in stretches:
        if duration <= micros(start, end):
            return start + duration * MICROSECOND
        duration -= micros(start, end)
    return None


def running_stretches(
    data: Data, clock: Clock, policy: Row, calendar_id: str | None, end: datetime
) -> list[Stretch]:
    """When the clock may run from its start to an end, pendings and all."""
    if policy["clock"] == "always":
        return [(clock.started_at, end)] if clock.started_at < end else []
    within = [
        (max(opened, clock.started_at), min(closed, end))
        for opened, closed in data.open_spans[calendar_id]
    ]
    return [(start, stop) for start, stop in within if start < stop]


def backwards(
    data: Data, clock: Clock, policy: Row, calendar_id: str | None, end: datetime
) -> int:
    if policy["clock"] == "always":
        return micros(clock.started_at, end)
    return seconds_open(data, calendar_id, clock.started_at, end)


def judged(data: Data, clock: Clock, policy: Row, skill_id: str | None) -> Record:
    """What a clock came to under its policy."""
    story, target = clock.story, policy["target_seconds"] * 1_000_000
    calendar_id = calendar_at(data, story, skill_id, clock.started_at)
    is_given_up = (
        clock.metric != "resolution" and clock.stopped_at is None and story.is_closed
    )
    last_close = story.last_close and story.last_close["occurred_at"]
    end = clock.stopped_at or (last_close if is_given_up else data.as_of)
    is_running = clock.stopped_at is None and not is_given_up
    holes = [
        (pending.started_at, pending.ended_at or end)
        for pending in pendings_of(story)
        if policy["pauses_when_pending"] and pending.started_at < end
    ]
    holes = [(start, min(stop, end)) for start, stop in holes]
    whole = running_stretches(data, clock, policy, calendar_id, end)
    running = length(without(whole, holes))
    if end < clock.started_at:
        # By two clocks that differ; as the plain seconds, it is less than nothing.
        whole, running = [], backwards(data, clock, policy, calendar_id, end)
    if clock.stopped_at is not None and running <= target:
        state = "met"
    elif is_given_up and running <= target:
        state = "cancelled"
    else:
        state = "breached" if running > target else "running"
    return {
        "policy_id": policy["policy_id"],
        "calendar_id": calendar_id if policy["clock"] == "calendar" else None,
        "target_seconds": float(policy["target_seconds"]),
        "started_at": clock.started_at,
        "due_at": due_at(data, clock, policy, calendar_id, holes, target, end, is_running),
        "stopped_at": clock.stopped_at,
        "ended_at": None if is_running else end,
        "running_seconds": seconds(running),
        "pending_seconds": seconds(length(whole) - running if whole else 0),
        "state": state,
        "running": running,
        "target": target,
    }


def due_at(
    data: Data,
    clock: Clock,
    policy: Row,
    calendar_id: str | None,
    holes: list[Stretch],
    target: int,
    end: datetime,
    is_running: bool,
) -> datetime | None:
    """The first instant at which as much as the target has run."""
    if target <= 0:
        return clock.started_at
    if is_running and policy["pauses_when_pending"]:
        open_since = [p.started_at for p in pendings_of(clock.story) if p.ended_at is None]
        if open_since:
            before = running_stretches(data, clock, policy, calendar_id, open_since[0])
            return instant_after(without(before, holes), target)
    far = max(clock.started_at, end) + (target + length(holes)) * MICROSECOND
    if policy["clock"] == "calendar":
        far = max((closed for _, closed in data.open_spans[calendar_id]), default=far)
    ahead = running_stretches(data, clock, policy, calendar_id, far)
    return instant_after(without(ahead, holes), target)


def sla_rows(data: Data, stories: list[Story]) -> list[Record]:
    """fct_sla with what its mart needs besides."""
    found = []
    for story in stories:
        for clock in clocks_of(data, story):
            skill_id = skill_of_clock(clock)
            policy = policy_of(data, clock, skill_id)
            if policy is not None:
                found.append(
                    {
                        "session_id": story.id,
                        "metric": clock.metric,
                        "clock_number": clock.number,
                        "company_id": story.company_id,
                        "skill_id": skill_id,
                        "channel_id": story.session["channel_id"],
                        "priority": story.session["priority"],
                        "started_date": day_of(story.zone, clock.started_at),
                        **labels_of(story.zone, clock.started_at),
                        **judged(data, clock, policy, skill_id),
                    }
                )
    return found


def sla_indicators(rows: list[Record]) -> Record:
    counts = {state: sum(row["state"] == state for row in rows) for state in STATES}
    return {
        "clock_count": len(rows),
        **{f"{state}_count": count for state, count in counts.items()},
        "sla_met_rate": as_number(ratio(counts["met"], counts["met"] + counts["breached"])),
        "breach_seconds": seconds(
            sum(row["running"] - row["target"] for row in rows if row["state"] == "breached")
        ),
    }
