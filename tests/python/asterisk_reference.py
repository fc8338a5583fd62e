"""What the adapter asterisk makes of a queue_log, a second time: line by line, without any SQL.

Gives the contract's rows without their ids: what stands in docs/adapters/asterisk.md, as slowly as
it is written there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby

LEAVES = {"EXITWITHTIMEOUT", "EXITWITHKEY", "EXITEMPTY"}
REFUSES = {"CLOSED", "FULL", "JOINEMPTY", "LEAVEEMPTY", "DIVERT_CA_RATIO"}
CLOSES = {"COMPLETEAGENT": "agent", "COMPLETECALLER": "customer"}
TRANSFERS = {"TRANSFER", "ATTENDEDTRANSFER", "BLINDTRANSFER"}
OF_CALLS = {"ENTERQUEUE", "CONNECT", "ABANDON", *LEAVES, *REFUSES, *CLOSES, *TRANSFERS}
LOGINS = {"AGENTLOGIN", "AGENTCALLBACKLOGIN"}
LOGOUTS = {"AGENTLOGOFF", "AGENTCALLBACKLOGOFF"}
PAUSES = {"PAUSE", "PAUSEALL", "UNPAUSE", "UNPAUSEALL", "ADDMEMBER", "REMOVEMEMBER"}
OF_AGENTS = LOGINS | LOGOUTS | PAUSES | {"WRAPUPSTART"}


@dataclass
class Line:
    time: int
    order: int
    call: str
    queue: str
    agent: str
    event: str
    data: list[str]
    copies: int = 1


@dataclass
class Agent:
    calls: set[int] = field(default_factory=set)
    logged_in: bool | None = None
    seen: bool = False
    member_of: set[str] = field(default_factory=set)
    known_in: set[str] = field(default_factory=set)
    paused_in: dict[str, bool] = field(default_factory=dict)
    paused_in_all: bool = False

    def is_paused(self) -> bool:
        queues = self.member_of or self.known_in
        if not queues:
            return self.paused_in_all
        return all(self.paused_in.get(queue, self.paused_in_all) for queue in queues)

    def state(self) -> str | None:
        if self.calls:
            return "busy"
        if self.is_paused():
            return "break"
        is_there = self.seen if self.logged_in is None else self.logged_in
        return "idle" if is_there else None


def read(files: list[list[str]]) -> list[Line]:
    """Every event once, in its order. A line that repeats in a file is a new event of an agent."""
    lines: dict[tuple[str, int], Line] = {}
    order = 0
    for file in files:
        seen: Counter[str] = Counter()
        for text in file:
            order += 1
            time, call, queue, agent, event, *data = text.split("|")
            if event in OF_AGENTS:
                seen[text] += 1
            known = lines.get((text, seen[text]))
            if known:
                known.copies += 1
            else:
                lines[text, seen[text]] = Line(int(time), order, call, queue, agent, event, data)
    return sorted(lines.values(), key=lambda line: (line.time, line.order))


def calls_of(lines: list[Line]) -> dict[str, list[Line]]:
    calls = defaultdict(list)
    for line in lines:
        if line.event in OF_CALLS:
            calls[line.call].append(line)
    return calls


def beginning(call: list[Line]) -> int | None:
    for events in ({"ENTERQUEUE"}, REFUSES):
        for place, line in enumerate(call):
            if line.event in events:
                return place
    return None


def sessions(lines: list[Line]) -> list[tuple]:
    rows = []
    for call, events in calls_of(lines).items():
        place = beginning(events)
        if place is not None:
            first = events[place]
            caller = first.data[1] if first.event == "ENTERQUEUE" else ""
            rows.append((call, caller or None, first.time))
    return sorted(rows, key=str)


def session_events(lines: list[Line]) -> list[tuple]:
    """(session, time, type, actor, agent, skill), in the order of the call, each as often as lines
    say it."""
    rows = []
    for call, events in sorted(calls_of(lines).items()):
        begins = beginning(events)
        is_closed = False
        for place, line in enumerate(events):
            session = call if begins is None or place >= begins else None
            queues_again = any(later.event == "ENTERQUEUE" for later in events[place + 1:])
            made = []
            if line.event == "ENTERQUEUE":
                if is_closed and place != begins:
                    made.append(("reopened", None, None, None))
                made.append(("queued", None, None, line.queue))
                is_closed = False
            elif line.event == "CONNECT":
                made.append(("accepted", "agent", line.agent, line.queue))
            elif line.event in TRANSFERS:
                made.append(("transferred", "agent", line.agent, None))
            elif line.event in CLOSES:
                actor = CLOSES[line.event]
                made.append(("closed", actor, line.agent if actor == "agent" else None, None))
            elif line.event == "ABANDON":
                made.append(("abandoned", "customer", None, None))
                made.append(("closed", "customer", None, None))
            elif not queues_again:
                made.append(("closed", "system", None, None))
            is_closed = is_closed or line.event in CLOSES or line.event == "ABANDON"
            rows += [(session, line.time, *row) for row in made for _ in range(line.copies)]
    return rows


def busy_periods(lines: list[Line]) -> list[tuple[Line, tuple[int, int] | None]]:
    """Each line that makes its agent busy, and the time and order at which that ends."""
    after: dict[int, Line | None] = {}  # what follows each CONNECT of a session in its call
    for events in calls_of(lines).values():
        begins = beginning(events)
        for place, line in enumerate(events):
            if line.event == "CONNECT" and begins is not None and place >= begins:
                after[line.order] = events[place + 1] if place + 1 < len(events) else None
    periods = []
    for place, line in enumerate(lines):
        if line.event == "WRAPUPSTART":
            periods.append((line, (line.time + int(line.data[0]), line.order)))
        elif line.order in after:
            # A call without an end is over at the agent's next call, wrap-up or login.
            end = after[line.order] or next((
                later for later in lines[place + 1:]
                if later.agent == line.agent
                and (later.order in after or later.event in LOGINS | {"WRAPUPSTART"})
            ), None)
            periods.append((line, end and (end.time, end.order)))
    return periods


def agent_events(lines: list[Line]) -> list[tuple]:
    """(agent, time, type, state, reason) in their order, each as often as lines say it."""
    # (time, order, step, agent, kind, the line that began it)
    moments = [
        (line.time, line.order, 1, line.agent, line.event, line)
        for line in lines if line.event in OF_AGENTS - {"WRAPUPSTART"}
    ]
    for line, end in busy_periods(lines):
        moments.append((line.time, line.order, 2, line.agent, "busy", line))
        if end:
            moments.append((*end, 0, line.agent, "free", line))
    moments.sort(key=lambda moment: moment[:4])

    agents: dict[str, Agent] = defaultdict(Agent)
    rows = []
    for (time, _, _, name), same in groupby(moments, key=lambda moment: moment[:4]):
        agent = agents[name]
        before = agent.state()
        # Of what ends at one place none outlasts the other.
        happened = [(kind, line) for *_, kind, line in same
                    if kind != "free" or line.order in agent.calls]
        reason = None
        for kind, line in happened:
            if kind == "free":
                agent.calls.discard(line.order)
            elif kind == "busy":
                agent.calls.add(line.order)
                agent.seen = True
            elif kind in LOGINS:
                agent.logged_in = True
            elif kind in LOGOUTS:
                agent.logged_in = False
                agent.calls.clear()
                agent.paused_in = {}
                agent.paused_in_all = False
            else:
                change_pause(agent, kind, line)
                agent.seen = agent.seen or agent.is_paused()
                reason = line.data[0] if kind in ("PAUSE", "PAUSEALL") else None
        for kind, line in happened:
            copies = 1 if kind == "free" else line.copies
            if kind in LOGINS | LOGOUTS:
                named = "login" if kind in LOGINS else "logout"
                rows += [(name, time, named, None, None)] * copies
            after = agent.state()
            if after == "idle" and kind in LOGINS or kind in LOGOUTS:
                continue
            # A call that begins or ends during another one changes nothing.
            if kind == "free" and agent.calls or kind == "busy" and len(agent.calls) > 1:
                continue
            if after:
                why = (reason or None) if after == "break" else None
                rows += [(name, time, "state", after, why)] * copies
            elif before:
                rows += [(name, time, "logout", None, None)] * copies
    return rows


def change_pause(agent: Agent, event: str, line: Line) -> None:
    queue = line.queue
    if event in ("PAUSEALL", "UNPAUSEALL"):
        agent.paused_in = {}
        agent.paused_in_all = event == "PAUSEALL"
    elif event in ("PAUSE", "UNPAUSE"):
        agent.known_in.add(queue)
        agent.paused_in[queue] = event == "PAUSE"
    elif event == "ADDMEMBER":
        if queue not in agent.member_of:
            agent.paused_in[queue] = line.data[0] == "PAUSED"
        agent.member_of.add(queue)
    else:
        agent.member_of.discard(queue)
        agent.known_in.discard(queue)
        agent.paused_in[queue] = False
