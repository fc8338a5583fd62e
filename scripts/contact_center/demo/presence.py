"""Agents' logins and states, as their shifts and their work make them."""

from __future__ import annotations

from . import clocks
from .clocks import Span
from .log import Log
from .rota import Agent, Shift
from .world import Company

# Shorter pauses between two pieces of work are no pause.
SHORT = 25
OVERTIME = 2 * clocks.HOUR


def write_presence(log: Log, company: Company, agent: Agent) -> None:
    for number, shift in enumerate(agent.shifts):
        following = agent.shifts[number + 1].starts if number + 1 < len(agent.shifts) else None
        limit = min(shift.ends + OVERTIME, following - 60 if following else clocks.end(company))
        write_shift(log, agent, shift, limit)


def write_shift(log: Log, agent: Agent, shift: Shift, limit: int) -> None:
    """Who is with a customer stays until it is done."""
    busy = merged([
        *shift.paperwork,
        *[(start, min(end, limit)) for start, end in agent.busy if shift.starts <= start < limit],
    ])
    leaves = max([shift.ends, *(end + 5 for start, end in busy if start < shift.ends)])

    def write(at: int, kind: str, state: str = "", reason: str = "") -> None:
        log.add("raw_agent_events", at, agent_id=agent.id, event_type=kind,
                state=state, reason=reason)

    write(shift.starts, "login")
    states = {start: ("busy", "") for start, _ in busy}
    for _, end in busy:
        states.setdefault(end, ("idle", ""))
    for (start, end), reason in shift.breaks:
        rest = after_work(busy, start, end)
        if rest:
            states[rest[0]] = ("break", reason)
            states.setdefault(rest[1], ("idle", ""))
    for at, (state, reason) in sorted(states.items()):
        if shift.starts < at < leaves:
            write(at, "state", state, reason)
    write(leaves, "logout")


def merged(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + SHORT:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def after_work(busy: list[Span], start: int, end: int) -> Span | None:
    """A break begins when the work in hand is done, and ends when the next begins."""
    length = end - start
    for work_start, work_end in busy:
        if work_start <= start < work_end:
            start = work_end
    until = min([start + length, *(begin for begin, _ in busy if begin > start)])
    return (start, until) if until - start > 3 * clocks.MINUTE else None
