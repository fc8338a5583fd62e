"""Agents' presence and states."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from reference.admission import event_order
from reference.arithmetic import grouped, micros, seconds
from reference.contract import Record, Row
from reference.days import cut_at_midnight
from reference.labels import labels_of
from reference.lookups import company_of_agent, zone_of_company
from reference.story import Data


@dataclass
class Change:
    """A state that was set, and what was said to be its reason."""

    at: datetime
    state: str
    reason: str | None = None


@dataclass
class StateInterval:
    """One state of one agent for one reason, without a break, also over midnight."""

    state: str
    reason: str | None
    started_at: datetime
    ended_at: datetime
    is_inferred_end: bool
    presence_started_at: datetime


@dataclass
class Presence:
    """One stretch of presence with the states that were set in it."""

    changes: list[Change]
    ended_at: datetime | None = None
    is_inferred_end: bool = False


def state_at_login(login: Row, events: list[Row]) -> Change:
    """Idle, unless a state is set at that very instant."""
    said = [
        Change(event["occurred_at"], event["state"], event["reason"])
        for event in events
        if event["event_type"] == "state" and event["occurred_at"] == login["occurred_at"]
    ]
    return said[-1] if said else Change(login["occurred_at"], "idle")


def find_presences(events: list[Row], as_of: datetime, max_login: timedelta) -> list[Presence]:
    """Follows one agent's devices; who falls silent for too long is taken to have left."""
    events = sorted(events, key=event_order)
    presences: list[Presence] = []
    devices: set[str | None] = set()

    def leave(at: datetime, is_inferred: bool) -> None:
        presences[-1].ended_at = at
        presences[-1].is_inferred_end = is_inferred
        devices.clear()

    previous_at: datetime | None = None
    for event in events:
        at, kind, device = event["occurred_at"], event["event_type"], event["device_id"]
        if devices and kind == "login" and at - previous_at > max_login:
            leave(previous_at + max_login, is_inferred=True)
        previous_at = at

        if kind == "login":
            if not devices:
                presences.append(Presence([state_at_login(event, events)]))
            devices.add(device)
        elif kind == "state":
            if not devices:
                presences.append(Presence([]))
                devices.add(device)
            presences[-1].changes.append(Change(at, event["state"], event["reason"]))
        elif devices:
            remaining = set() if device is None else devices - {device}
            if remaining:
                devices = remaining
            else:
                leave(at, is_inferred=False)

    if devices:
        if as_of - previous_at > max_login:
            leave(previous_at + max_login, is_inferred=True)
        else:
            leave(as_of, is_inferred=False)
    return presences


def state_intervals(presence: Presence) -> list[StateInterval]:
    """The presence's states without those that lasted no time, like neighbours joined."""
    intervals: list[StateInterval] = []
    ends = [change.at for change in presence.changes[1:]] + [presence.ended_at]
    for change, end in zip(presence.changes, ends, strict=True):
        if change.at == end:
            continue
        last = intervals[-1] if intervals else None
        if last and (last.state, last.reason) == (change.state, change.reason):
            last.ended_at = end
        else:
            intervals.append(
                StateInterval(
                    change.state, change.reason, change.at, end, False, presence.changes[0].at
                )
            )
    if intervals and presence.is_inferred_end:
        intervals[-1].is_inferred_end = True
    return intervals


def states_of_agents(data: Data) -> dict[str, list[StateInterval]]:
    """The states of every agent that a clock knows, in order of time."""
    by_agent: dict[str, list[Row]] = defaultdict(list)
    for row in data.rows["raw_agent_events"]:
        by_agent[row["agent_id"]].append(row)
    return {
        agent_id: [
            interval
            for presence in find_presences(events, data.as_of, data.max_login)
            for interval in state_intervals(presence)
        ]
        for agent_id, events in sorted(by_agent.items())
    }


def state_records(data: Data, states_of: dict[str, list[StateInterval]]) -> list[Record]:
    """States cut at the midnight of the agent's company."""
    records = []
    for agent_id, states in states_of.items():
        company_id = company_of_agent(data, agent_id)
        zone = zone_of_company(data, company_id)
        for state in states:
            for day, start, end in cut_at_midnight(zone, state.started_at, state.ended_at):
                records.append(
                    {
                        "agent_id": agent_id,
                        "company_id": company_id,
                        "state": state.state,
                        "reason": state.reason,
                        **labels_of(zone, start),
                        "date_day": day,
                        "started_at": start,
                        "ended_at": end,
                        "presence_started_at": state.presence_started_at,
                        "seconds": seconds(micros(start, end)),
                        "is_inferred_end": state.is_inferred_end and end == state.ended_at,
                    }
                )
    return records


def state_reason_records(states: list[Record]) -> list[Record]:
    """agent_state_reasons_daily: how long each state was held for which reason."""
    groups = grouped(
        states,
        lambda row: {
            column: row[column]
            for column in ("company_id", "agent_id", "date_day", "state", "reason")
        },
    )
    return [
        {
            **dimensions,
            "state_seconds": seconds(
                sum(micros(row["started_at"], row["ended_at"]) for row in members)
            ),
        }
        for dimensions, members in groups
    ]
