"""A company's desk at work: what is due next, and what every session has in common."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from . import clocks
from .arrivals import Arrival
from .chance import Chance
from .desk import Desk, Taken
from .log import Log
from .rota import Agent
from .world import Company

MISSES = {"call": 0.05, "chat": 0.05, "mail": 0.0}
MISSED_AFTER = 20
RINGS = {"call": (3, 11), "chat": (2, 14), "mail": (1, 5)}
DISPOSITIONS = {
    "sales": {"sale": 0.4, "no_sale": 0.35, "follow_up": 0.25},
    "complaint": {"resolved": 0.5, "refund": 0.25, "escalated": 0.15, "follow_up": 0.1},
    "": {"resolved": 0.76, "follow_up": 0.14, "refund": 0.06, "escalated": 0.04},
}


class Centre:
    def __init__(
        self, company: Company, agents: list[Agent], log: Log, numbers: itertools.count
    ) -> None:
        self.company = company
        self.desk = Desk(company, agents)
        self.log = log
        self.end = clocks.end(company)
        self.cases: list[Case] = []
        self._numbers = numbers
        self._due: list[tuple[int, int, Callable[[int], None]]] = []
        self._order = itertools.count()

    def open_case(self, arrival: Arrival) -> Case:
        arrival.id = f"s{next(self._numbers):05}"
        case = Case(self, arrival, Chance("session", arrival.id))
        self.cases.append(case)
        self.log.add("raw_sessions", arrival.at, **arrival.row())
        return case

    def later(self, at: int, act: Callable[[int], None]) -> None:
        heapq.heappush(self._due, (at, next(self._order), act))

    def run(self) -> None:
        """Everything in the order of time, also what comes of it. Later than the end is nothing."""
        while self._due:
            at, _, act = heapq.heappop(self._due)
            if at < self.end:
                act(at)


@dataclass
class Case:
    """A session, as it goes on. `waited`: seconds until the first person was there."""

    centre: Centre
    arrival: Arrival
    chance: Chance
    waited: int | None = None
    is_transferred: bool = False
    is_reopened: bool = False
    agents: list[Agent] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.arrival.id

    @property
    def company(self) -> Company:
        return self.centre.company

    def event(self, at: int, kind: str, **values: object) -> None:
        self.centre.log.event(self.id, at, kind, **values)

    def write(self, at: int, sender: str, **values: object) -> None:
        self.centre.log.message(self.id, at, sender, **values)

    def speed(self, agent: Agent, at: int) -> float:
        return agent.speed(self.company, at)

    def ask(
        self, at: int, kind: str, skill: str, patience: int, length: Callable[[Agent], int],
        taken: Callable[[Agent, int], None], given_up: Callable[[int], None],
        but: Agent | None = None,
    ) -> None:
        """The customer waits for a person in a queue: somebody takes it, or patience ends."""
        self.event(at, "queued", skill_id=skill)
        until = at + patience
        found = self.centre.desk.next_free(kind, at + 1, until, length, but)
        if found and self.chance.happens(MISSES[kind]):
            found = self.offer_in_vain(found, kind, skill, until, length)
        if found is None:
            self.centre.later(until, given_up)
            return
        self.event(found.at, "offered", agent_id=found.agent.id, skill_id=skill)
        accepted_at = found.at + self.chance.between(*RINGS[kind])
        self.event(accepted_at, "accepted", agent_id=found.agent.id, skill_id=skill)
        if self.waited is None:
            self.waited = accepted_at - at
        self.agents.append(found.agent)
        taken(found.agent, accepted_at)

    def offer_in_vain(
        self, found: Taken, kind: str, skill: str, until: int, length: Callable[[Agent], int]
    ) -> Taken | None:
        """It rings, and nobody answers, or it is declined; somebody else, or the same again."""
        is_missed = self.chance.happens(0.8)
        ends_at = found.at + (MISSED_AFTER if is_missed else self.chance.between(3, 9))
        self.event(found.at, "offered", agent_id=found.agent.id, skill_id=skill)
        self.event(
            ends_at, "offer_ended", agent_id=found.agent.id,
            outcome="missed" if is_missed else "declined",
        )
        desk = self.centre.desk
        return (
            desk.next_free(kind, ends_at + 1, until, length, found.agent)
            or desk.next_free(kind, ends_at + 1, until, length)
        )

    def can_transfer(self, at: int, agent: Agent) -> bool:
        """Once at most, and to somebody who is there."""
        return not self.is_transferred and self.centre.desk.has_others(at, agent)

    def transfer(self, at: int, agent: Agent) -> str:
        """Gives the skill to which the session goes."""
        skills = {
            skill: share for skill, share in self.company.skills.items()
            if skill != self.arrival.skill
        }
        skill = self.chance.weighted(skills)
        self.event(at, "transferred", actor_type="agent", agent_id=agent.id, to_skill_id=skill)
        self.is_transferred = True
        return skill

    def close(self, at: int, actor: str, agent: Agent | None = None) -> None:
        self.event(
            at, "closed", actor_type=actor,
            agent_id=agent.id if agent and actor == "agent" else "",
        )

    def reopen(self, at: int) -> None:
        """The customer comes back, and writes."""
        self.is_reopened = True
        self.event(at, "reopened", actor_type="customer")
        self.write(at, "customer")

    def dispose(self, at: int, agent: Agent) -> None:
        words = DISPOSITIONS.get(self.arrival.contact_type, DISPOSITIONS[""])
        if self.chance.happens(0.92):
            self.event(
                at, "disposition_set", agent_id=agent.id, disposition=self.chance.weighted(words)
            )

    def wrap_up(self, at: int, seconds: int, agent: Agent) -> None:
        if seconds:
            self.event(at, "wrap_up_started", agent_id=agent.id)
            self.event(at + seconds, "wrap_up_ended", agent_id=agent.id)

    def leave(self, at: int) -> None:
        """The customer gives up waiting."""
        self.event(at, "abandoned", actor_type="customer")
        self.close(at + 1, "system")
