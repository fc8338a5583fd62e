"""What the adapter asterisk makes of a queue_log, a second time: line by line, without any SQL.

Gives the contract's rows without their ids: what stands in docs/adapters/asterisk.md, as slowly as it
is written there.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass, field

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
    """Every event once, in its order; of a line that repeats in a file only an agent's counts anew."""
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


def agent_events(lines: list[Line]) -> list[tuple]:
    """(agent, time, type, state, reason) in their order, each as often as lines say it."""
    ends: dict[int, Line | None] = {}  # of each CONNECT that belongs to a session, by its order
    for events in calls_of(lines).values():
        begins = beginning(events)
        for place, line in enumerate(events):
            if line.event == "CONNECT" and begins is not None and place >= begins:
                ends[line.order] = events[place + 1] if place + 1 < len(events) else None

    # (time, order, step, kind, the line that began it)
    moments: list[tuple] = []
    for line in lines:
        if line.order in ends:
            heapq.heappush(moments, (line.time, line.order, 2, "busy", line))
            end = ends[line.order]
            if end:
                heapq.heappush(moments, (end.time, end.order, 0, "free", line))
        elif line.event == "WRAPUPSTART":
            heapq.heappush(moments, (line.time, line.order, 2, "busy", line))
            heapq.heappush(
                moments, (line.time + int(line.data[0]), line.order, 0, "free", line)
            )
        elif line.event in OF_AGENTS:
            heapq.heappush(moments, (line.time, line.order, 1, line.event, line))

    agents: dict[str, Agent] = defaultdict(Agent)
    rows = []
    while moments:
        time, order, step, kind, line = heapq.heappop(moments)
        name, agent = line.agent, agents[line.agent]
        if kind == "free" and line.order not in agent.calls:
            continue
        if kind in LOGINS | LOGOUTS or kind == "busy":
            # What has no end in the files ends now; a logout ends everything.
            for call in sorted(agent.calls):
                if kind in LOGOUTS:
                    agent.calls.discard(call)
                elif ends.get(call, line) is None:
                    agent.calls.discard(call)
                    rows.append(now(agent, name, time))
        before = agent.state()
        copies = 1 if kind == "free" else line.copies
        reason = None
        if kind == "free":
            agent.calls.discard(line.order)
        elif kind == "busy":
            agent.calls.add(line.order)
            agent.seen = True
        elif kind in LOGINS:
            agent.logged_in = True
            rows += [(name, time, "login", None, None)] * copies
            if agent.state() == "idle":
                continue
        elif kind in LOGOUTS:
            agent.logged_in = False
            agent.paused_in = {}
            agent.paused_in_all = False
            rows += [(name, time, "logout", None, None)] * copies
            continue
        else:
            change_pause(agent, kind, line)
            agent.seen = agent.seen or agent.is_paused()
            if kind in ("PAUSE", "PAUSEALL"):
                reason = line.data[0] or None
        if before or agent.state():
            rows += [now(agent, name, time, reason)] * copies
    return rows


def now(agent: Agent, name: str, time: int, reason: str | None = None) -> tuple:
    state = agent.state()
    if state is None:
        return (name, time, "logout", None, None)
    return (name, time, "state", state, reason if state == "break" else None)


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
