"""Agents' presence and states."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from reference.admission import event_order
from reference.arithmetic import micros, seconds
from reference.contract import Record, Row
from reference.days import cut_at_midnight
from reference.lookups import company_of_agent, zone_of_company
from reference.story import Data


@dataclass
class Spell:
    """One stretch of presence with the states that were set in it."""

    changes: list[tuple[datetime, str]]
    ended_at: datetime | None = None
    is_inferred_end: bool = False


def state_at_login(login: Row, events: list[Row]) -> str:
    """Idle, unless a state is set at that very instant."""
    said = [
        event["state"]
        for event in events
        if event["event_type"] == "state" and event["occurred_at"] == login["occurred_at"]
    ]
    return said[-1] if said else "idle"


def presence_spells(events: list[Row], as_of: datetime, max_login: timedelta) -> list[Spell]:
    """Follows one agent's devices; who falls silent for too long is taken to have left."""
    events = sorted(events, key=event_order)
    spells: list[Spell] = []
    devices: set[str | None] = set()

    def leave(at: datetime, is_inferred: bool) -> None:
        spells[-1].ended_at = at
        spells[-1].is_inferred_end = is_inferred
        devices.clear()

    previous_at: datetime | None = None
    for event in events:
        at, kind, device = event["occurred_at"], event["event_type"], event["device_id"]
        if devices and kind == "login" and at - previous_at > max_login:
            leave(previous_at + max_login, is_inferred=True)
        previous_at = at

        if kind == "login":
            if not devices:
                spells.append(Spell([(at, state_at_login(event, events))]))
            devices.add(device)
        elif kind == "state":
            if not devices:
                spells.append(Spell([]))
                devices.add(device)
            spells[-1].changes.append((at, event["state"]))
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
    return spells


def state_intervals(spell: Spell) -> list[tuple[str, datetime, datetime]]:
    """The spell's states without those that lasted no time, like neighbours joined."""
    intervals: list[tuple[str, datetime, datetime]] = []
    ends = [at for at, _ in spell.changes[1:]] + [spell.ended_at]
    for (start, state), end in zip(spell.changes, ends):
        if start == end:
            continue
        if intervals and intervals[-1][0] == state:
            intervals[-1] = (state, intervals[-1][1], end)
        else:
            intervals.append((state, start, end))
    return intervals


def agent_states(data: Data) -> list[Record]:
    by_agent: dict[str, list[Row]] = defaultdict(list)
    for row in data.rows["raw_agent_events"]:
        by_agent[row["agent_id"]].append(row)
    records = []
    for agent_id, events in sorted(by_agent.items()):
        company_id = company_of_agent(data, agent_id)
        zone = zone_of_company(data, company_id)
        for spell in presence_spells(events, data.as_of, data.max_login):
            for state, start, end in state_intervals(spell):
                for day, piece_start, piece_end in cut_at_midnight(zone, start, end):
                    records.append(
                        {
                            "agent_id": agent_id,
                            "company_id": company_id,
                            "state": state,
                            "date_day": day,
                            "started_at": piece_start,
                            "ended_at": piece_end,
                            "seconds": seconds(micros(piece_start, piece_end)),
                            "is_inferred_end": (
                                spell.is_inferred_end and piece_end == spell.ended_at
                            ),
                        }
                    )
    return records
