"""Who takes what, when: customers wait until somebody is free who may take one more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .clocks import DAY, MINUTE, Span, next_open
from .rota import Agent
from .world import Company

# How long a search for somebody goes on who answers an e-mail.
PATIENCE_OF_MAIL = 12 * DAY
MAILS_AT_ONCE = 12
# An e-mail isn't given to anybody whose shift ends so soon.
MAIL_NEEDS = 40 * MINUTE
# How long somebody must still be there to whom a session is handed.
TAKES_OVER = 20 * MINUTE
# What has ended so long ago is in nobody's way.
LOOK_BACK = 60


@dataclass(frozen=True)
class Taken:
    agent: Agent
    at: int


class Desk:
    def __init__(self, company: Company, agents: list[Agent]) -> None:
        self.company = company
        self.agents = agents

    def next_free(
        self, kind: str, at: int, until: int, length: Callable[[Agent], int],
        but: Agent | None = None,
    ) -> Taken | None:
        """The first who can take a call, a chat or a mail from an instant on; of several the one
        who has rested longest. `length`: how long it takes that agent."""
        best: tuple[int, int, str] | None = None
        found = None
        for agent in self.agents:
            if agent is but:
                continue
            for moment in moments(agent, at, until):
                if best and moment > best[0]:
                    break
                if can_take(self.company, agent, kind, moment, moment + length(agent)):
                    rested = max((span[1] for span in agent.busy[-LOOK_BACK:]), default=0)
                    key = (moment, rested, agent.id)
                    if best is None or key < best:
                        best, found = key, Taken(agent, moment)
                    break
        return found

    def has_others(self, at: int, agent: Agent) -> bool:
        """Whether somebody else is there who could take over."""
        shifts = [other.shift_at(at) for other in self.agents if other is not agent]
        return any(shift and shift.ends - at > TAKES_OVER for shift in shifts)

    def opening(self, at: int) -> int:
        return next_open(self.company, at)


def moments(agent: Agent, at: int, until: int) -> Iterator[int]:
    """When something changes for an agent: the instant itself, and ends of what is in the way."""
    ends = {at}
    for shift in agent.shifts:
        if shift.ends > at and shift.starts <= until:
            ends.add(shift.starts + 20)
            ends.update(end for (_, end), _ in shift.breaks)
            ends.update(end for _, end in shift.paperwork)
    for spans in (agent.calls, agent.chats, agent.mails):
        ends.update(end for _, end in spans[-LOOK_BACK:])
    return iter(sorted(moment for moment in ends if at <= moment <= until))


def can_take(company: Company, agent: Agent, kind: str, starts: int, ends: int) -> bool:
    shift = agent.shift_at(starts)
    if shift is None:
        return False
    if kind == "mail":
        return (
            starts <= shift.ends - MAIL_NEEDS
            and count(agent.mails, starts, starts + MINUTE) < MAILS_AT_ONCE
        )
    if shift.is_away(starts) or starts > shift.ends - MINUTE:
        return False
    # With those that somebody has been given and is about to accept.
    chats = count(agent.chats, starts, starts + MINUTE)
    if kind == "call":
        return not count(agent.calls, starts, ends) and chats <= 2
    return not count(agent.calls, starts, starts + 1) and chats < company.chats_at_once


def count(spans: list[Span], starts: int, ends: int) -> int:
    """How many of the latest spans an interval meets."""
    return sum(start < ends and starts < end for start, end in spans[-LOOK_BACK:])
