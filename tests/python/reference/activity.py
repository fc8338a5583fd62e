"""How full agents' hands are: stretches of one state and one number of contacts and wrap-ups."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from reference.arithmetic import micros, seconds
from reference.contract import Record
from reference.days import cut_at_midnight
from reference.labels import labels_of
from reference.lookups import company_of_agent, zone_of_company
from reference.presence import StateInterval
from reference.story import Contact, Data


@dataclass
class InHand:
    """A contact or its wrap-up, as far as it runs by as_of."""

    contact: Contact
    started_at: datetime
    ended_at: datetime


@dataclass
class Stretch:
    """A time of one agent with one state and one number of things in hand."""

    agent_id: str
    started_at: datetime
    ended_at: datetime
    state: str | None
    concurrency: int

    @property
    def duration(self) -> int:
        return micros(self.started_at, self.ended_at)

    def cut(self, started_at: datetime, ended_at: datetime) -> Stretch:
        return Stretch(self.agent_id, started_at, ended_at, self.state, self.concurrency)


def things_in_hand(contacts: list[Contact], as_of: datetime) -> list[InHand]:
    found = []
    for contact in contacts:
        found.append(InHand(contact, contact.accepted_at, contact.ended_at or as_of))
        if contact.wrap_up_started_at is not None:
            end = contact.wrap_up_ended_at or as_of
            found.append(InHand(contact, contact.wrap_up_started_at, end))
    return found


def state_at(data: Data, states: list[StateInterval], instant: datetime) -> str | None:
    """absent where no state is; None where nobody told of any agent's states."""
    if not data.has("raw_agent_events"):
        return None
    return next((s.state for s in states if s.started_at <= instant < s.ended_at), "absent")


def stretches_and_costs(
    data: Data, agent_id: str, contacts: list[Contact], states: list[StateInterval], zone: str
) -> list[Stretch]:
    """The agent's time between any two breakpoints, of which each midnight is one; each is shared
    by what is in hand then."""
    in_hand = things_in_hand(contacts, data.as_of)
    things = [*in_hand, *states]
    breakpoints = sorted(
        {at for thing in things for at in (thing.started_at, thing.ended_at)}
        | {
            piece_end
            for thing in things
            for _, _, piece_end in cut_at_midnight(zone, thing.started_at, thing.ended_at)
        }
    )
    found = []
    for start, end in itertools.pairwise(breakpoints):
        running = [t for t in in_hand if t.started_at <= start and end <= t.ended_at]
        stretch = Stretch(agent_id, start, end, state_at(data, states, start), len(running))
        found.append(stretch)
        if stretch.state != "absent":
            for thing in running:
                thing.contact.attributed_nanoseconds += stretch.duration * 1000 // len(running)
    return found


def joined(stretches: list[Stretch]) -> list[Stretch]:
    """Maximal stretches, without those in which nobody was there and nothing was in hand."""
    found: list[Stretch] = []
    for stretch in stretches:
        previous = found[-1] if found else None
        if previous and (previous.state, previous.concurrency) == (
            stretch.state, stretch.concurrency
        ):
            found[-1] = previous.cut(previous.started_at, stretch.ended_at)
        else:
            found.append(stretch)
    return [s for s in found if s.state not in (None, "absent") or s.concurrency]


def agent_stretches(
    data: Data, contacts: list[Contact], states_of: dict[str, list[StateInterval]]
) -> list[Stretch]:
    """Of all agents, cut at the midnight of the agent's company."""
    contacts_of: dict[str, list[Contact]] = defaultdict(list)
    for contact in contacts:
        contacts_of[contact.agent_id].append(contact)
    found = []
    for agent_id in sorted(contacts_of.keys() | states_of.keys()):
        zone = zone_of_company(data, company_of_agent(data, agent_id))
        states = states_of.get(agent_id, [])
        whole = joined(stretches_and_costs(data, agent_id, contacts_of[agent_id], states, zone))
        for stretch in whole:
            for _, start, end in cut_at_midnight(zone, stretch.started_at, stretch.ended_at):
                found.append(stretch.cut(start, end))
    return found


def stretch_record(data: Data, stretch: Stretch) -> Record:
    company_id = company_of_agent(data, stretch.agent_id)
    return {
        "agent_id": stretch.agent_id,
        "company_id": company_id,
        **labels_of(zone_of_company(data, company_id), stretch.started_at),
        "started_at": stretch.started_at,
        "ended_at": stretch.ended_at,
        "activity_seconds": seconds(stretch.duration),
        "state": stretch.state,
        "concurrency": stretch.concurrency,
    }
