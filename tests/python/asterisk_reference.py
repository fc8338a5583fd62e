"""What the adapter asterisk makes of the calls of a queue_log, a second time: line by line, without
any SQL.

Gives the contract's rows without their ids: what stands in docs/adapters/asterisk.md, as slowly as
it is written there. The agents are in asterisk_reference_agents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

LEAVES = {
    "EXITWITHTIMEOUT": "timeout", "EXITWITHKEY": "key", "EXITEMPTY": "empty",
    "WITHDRAW": "withdrawn",
}
REFUSES = {"CLOSED", "FULL", "JOINEMPTY", "LEAVEEMPTY", "DIVERT_CA_RATIO"}
CLOSES = {"COMPLETEAGENT": "agent", "COMPLETECALLER": "customer"}
TRANSFERS = {"TRANSFER", "ATTENDEDTRANSFER", "BLINDTRANSFER"}
# With the place of the other party's number.
ENTRIES = {"ENTERQUEUE": 1, "CALLOUTBOUND": 1, "OUTCALL": 3}
DIALS = {"CALLOUTBOUND", "OUTCALL"}
MOVES = {*ENTRIES, "CONNECT", "ABANDON", *LEAVES, *REFUSES, *CLOSES, *TRANSFERS}
RINGS = {"RINGNOANSWER": "missed", "RINGCANCELED": "withdrawn"}
HOLDS = {
    "HOLD": "held", "CALLERONHOLD": "held", "UNHOLD": "resumed", "CALLEROFFHOLD": "resumed",
}
OF_CALLS = MOVES | set(RINGS) | set(HOLDS) | {"CALLSTATUS"}
LOGINS = {"AGENTLOGIN", "AGENTCALLBACKLOGIN"}
LOGOUTS = {"AGENTLOGOFF", "AGENTCALLBACKLOGOFF"}
PAUSES = {"PAUSE", "PAUSEALL", "UNPAUSE", "UNPAUSEALL", "ADDMEMBER", "REMOVEMEMBER"}
OF_AGENTS = LOGINS | LOGOUTS | PAUSES | {"PAUSEREASON", "WRAPUPSTART"}
NOBODY = "unknown"


@dataclass
class Line:
    time: float
    order: int
    call: str
    queue: str
    agent: str | None
    event: str
    data: list[str]
    copies: int = 1

    @property
    def place(self) -> tuple[float, int]:
        return self.time, self.order


@dataclass
class Answer:
    """An agent's part of a call: from `time` to `end`, a time and a place, if there is one."""

    line: Line
    agent: str
    time: float
    end: tuple[float, int] | None
    is_lost: bool
    restart: tuple[float, int] | None = None


def read(files: list[list[str]]) -> list[Line]:
    """Every event once, in its order. A line that repeats in a file is a new event of an agent."""
    lines: dict[tuple[str, int], Line] = {}
    order = 0
    for file in files:
        seen: Counter[str] = Counter()
        for text in file:
            order += 1
            time, call, queue, agent, event, *data = text.split("|")
            if event == "ADDMEMBER2":
                event, data = "ADDMEMBER", ["AS BEFORE"]
            if event in OF_AGENTS:
                seen[text] += 1
            known = lines.get((text, seen[text]))
            if known:
                known.copies += 1
                continue
            if (event, agent) == ("CALLSTATUS", "NONE"):
                continue
            somebody = agent if agent != "NONE" else None
            if somebody is None and event in {"CONNECT", "COMPLETEAGENT"}:
                somebody = NOBODY
            lines[text, seen[text]] = Line(
                float(time), order, call, queue, somebody, event, data + [""] * (6 - len(data))
            )
    in_order = sorted(lines.values(), key=lambda line: line.place)
    customers = consultations(in_order)
    for line in in_order:
        line.call = customers.get(line.call, line.call)
    return in_order


def consultations(lines: list[Line]) -> dict[str, str]:
    """The customer's call of each call in which an agent asked before handing over."""
    found: dict[str, tuple[float, str]] = {}
    calls = calls_of(lines)
    for line in lines:
        waited_in = {
            other.queue for other in calls.get(line.call, []) if other.event == "ENTERQUEUE"
        }
        if (
            line.event not in TRANSFERS or not waited_in - {line.queue}
            or any(other.event == "CONNECT" for other in calls[line.call])
        ):
            continue
        _, talked = seconds_of(line)
        for answer in lines:
            if (
                number(talked) is not None and answer.event == "CONNECT"
                and (answer.agent, answer.queue) == (line.agent, line.queue)
                and answer.time <= line.time
            ):
                gap = abs(line.time - answer.time - number(talked))
                if gap <= 1:
                    found[line.call] = min(
                        found.get(line.call, (gap, answer.call)), (gap, answer.call)
                    )
    return {call: customer for call, (_, customer) in found.items()}


def calls_of(lines: list[Line]) -> dict[str, list[Line]]:
    calls = defaultdict(list)
    for line in lines:
        if line.event in OF_CALLS:
            calls[line.call].append(line)
    return calls


def with_reasons(own: list[Line]) -> list[Line]:
    """An agent's lines; PAUSEREASON says why the pause before it is."""
    found = []
    for place, line in enumerate(own):
        reason = line.data[0]
        if line.event in {"PAUSE", "PAUSEALL"} and not reason:
            for later in own[place + 1:]:
                if later.event in LOGINS | LOGOUTS | {"UNPAUSE", "UNPAUSEALL"}:
                    break
                if later.event == "PAUSEREASON" and later.data[0]:
                    reason = later.data[0]
                    break
        if line.event != "PAUSEREASON":
            found.append(replace(line, data=[reason, *line.data[1:]]))
    return found


def restarts_of(lines: list[Line]) -> list[tuple[float, int]]:
    return [line.place for line in lines if line.event == "QUEUESTART"]


def beginning(call: list[Line]) -> int | None:
    for events in (set(ENTRIES), REFUSES):
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
            caller = first.data[ENTRIES.get(first.event, -1)]
            direction = "outbound" if first.event in DIALS else "inbound"
            rows.append((call, caller or None, direction, first.time - whole_seconds(first)))
    return sorted(rows, key=str)


def number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def seconds_of(line: Line) -> tuple[str, str]:
    """Of waiting and of talking, as the end of a call says them."""
    if line.event == "ATTENDEDTRANSFER" and line.data[0] == "LINK":
        return line.data[3], line.data[4]
    first = 2 if line.event in TRANSFERS else 0
    return line.data[first], line.data[first + 1]


def whole_seconds(line: Line) -> float:
    talked = line.data[1] if line.data[0] == "ANSWER" else ""
    return max(number(line.data[2]) or 0, number(talked) or 0) if line.event == "OUTCALL" else 0


def lost_answer(line: Line, entry: Line | None) -> float | None:
    """When a call that still waits was answered in its queue, by the seconds that its end says."""
    if line.event == "OUTCALL":
        talked = number(line.data[1]) if line.data[0] == "ANSWER" else None
        return None if talked is None else line.time - talked
    if entry is None or line.queue != entry.queue:
        return None
    queued = entry.time
    waited, talked = seconds_of(line)
    if number(talked) is not None:
        answered = line.time - number(talked)
    elif number(waited) is not None:
        answered = queued + number(waited)
    else:
        return None
    return max(queued, min(answered, line.time))


def answers_of(lines: list[Line]) -> list[Answer]:
    """Those of sessions, in the order of their lines."""
    answers = []
    restarts = restarts_of(lines)
    for events in calls_of(lines).values():
        begins = beginning(events)
        entry = None
        for place, line in enumerate(events):
            later = [other for other in events[place + 1:] if other.event in MOVES]
            if line.event == "CONNECT" and begins is not None and place >= begins:
                restart = next((at for at in restarts if at[0] > line.time), None)
                if hands_over(line, later[:2]):
                    later = later[1:]
                answers.append(Answer(
                    line, line.agent, line.time, later[0].place if later else None, False,
                    None if later else restart,
                ))
            if line.event in {*CLOSES, *TRANSFERS, "OUTCALL"}:
                answered = lost_answer(line, entry)
                if answered is not None:
                    answers.append(
                        Answer(line, line.agent or NOBODY, answered, line.place, True)
                    )
            if line.event in MOVES:
                entry = line if line.event == "ENTERQUEUE" else None
    return sorted(answers, key=lambda answer: answer.line.order)


def hands_over(answer: Line, following: list[Line]) -> bool:
    """Whether that agent asks in another queue and then hands the call over."""
    return (
        len(following) == 2 and following[0].event == "ENTERQUEUE"
        and following[1].event in TRANSFERS and following[1].agent == answer.agent
        and lost_answer(following[1], following[0]) is None
    )


def offer_of(line: Line, queued: float | None, last_end: float | None) -> float:
    """When it began to ring."""
    ring = number(line.data[2] if line.event == "CONNECT" else line.data[0]) or 0
    began = line.time - (ring if line.event == "CONNECT" else ring / 1000)
    return max(
        began, *(bound for bound in (queued, last_end) if bound is not None), float("-inf")
    )


def session_events(lines: list[Line]) -> list[tuple]:
    """(session, time, type, actor, agent, skill, reason, outcome) and a place for the order within
    an instant, each as often as lines say it; without wrap-up and what a restart ends."""
    rows = []
    for call, events in sorted(calls_of(lines).items()):
        begins = beginning(events)
        is_closed = False
        entry: Line | None = None
        is_dialled = False
        rang: dict[str, float] = {}
        for place, line in enumerate(events):
            is_inside = begins is not None and place >= begins
            session = call if begins is None or is_inside else None
            queues_again = any(later.event in ENTRIES for later in events[place + 1:])
            made = []
            if line.event == "CONNECT" and not is_dialled or line.event in RINGS:
                if is_inside:
                    offered = offer_of(line, entry.time if entry else None, rang.get(line.agent))
                    made.append((offered, "offered", None, line.agent, line.queue, None, None))
                rang[line.agent] = line.time
                outcome = RINGS.get(line.event)
                if outcome:
                    made.append(
                        (line.time, "offer_ended", "agent", line.agent, None, None, outcome)
                    )
            if line.event in {*CLOSES, *TRANSFERS, "OUTCALL"}:
                answered = lost_answer(line, entry)
                if answered is not None:
                    agent = line.agent or NOBODY
                    made.append((answered, "accepted", "agent", agent, line.queue, None, None))
            for kind, actor, agent, skill, reason in own_events(
                line, is_closed and place != begins, entry is not None, queues_again, is_dialled
            ):
                made.append((line.time, kind, actor, agent, skill, reason, None))
            if line.event in ENTRIES:
                is_closed = line.event == "OUTCALL"
                is_dialled = line.event in DIALS
            is_closed = is_closed or line.event in CLOSES or line.event == "ABANDON"
            if line.event in MOVES:
                entry = line if line.event == "ENTERQUEUE" else None
            for step, row in enumerate(made):
                rows += [(session, *row, (line.order, step))] * line.copies
    return rows


def own_events(
    line: Line, was_closed: bool, was_waiting: bool, queues_again: bool, is_dialled: bool
) -> list[tuple[str, str | None, str | None, str | None, str | None]]:
    """(type, actor, agent, skill, reason or disposition) of what the line itself says."""
    if line.event == "OUTCALL":
        return [("closed", None, None, None, None)]
    if line.event in ENTRIES:
        queued = [("queued", None, None, line.queue, None)] if line.event == "ENTERQUEUE" else []
        return [("reopened", None, None, None, None), *queued] if was_closed else queued
    if line.event == "CALLSTATUS":
        return [("disposition_set", "agent", line.agent, None, line.data[0] or None)]
    if line.event == "CONNECT":
        return [("accepted", "agent", line.agent, line.queue, None)]
    if line.event in TRANSFERS:
        return [("transferred", "agent", line.agent, None, None)]
    if line.event in HOLDS:
        return [(HOLDS[line.event], None, line.agent, None, None)]
    if line.event in CLOSES:
        actor = CLOSES[line.event]
        return [("closed", actor, line.agent if actor == "agent" else None, None, None)]
    if line.event == "ABANDON" and is_dialled:
        return [("closed", None, None, None, None)]
    if line.event == "ABANDON":
        return [
            ("abandoned", "customer", None, None, None), ("closed", "customer", None, None, None)
        ]
    if line.event in RINGS:
        return []
    rows = []
    if was_waiting:
        reason = LEAVES.get(line.event, line.event.lower())
        if reason == "key":
            reason = f"key {line.data[0]}".strip()
        rows.append(("dequeued", "system", None, None, reason))
    if not queues_again:
        rows.append(("closed", "system", None, None, None))
    return rows


def interrupted_waits(lines: list[Line]) -> list[tuple[str, float, int]]:
    """Calls that waited when Asterisk came up again, when that was, and their last lines."""
    found = []
    for call, events in calls_of(lines).items():
        moves = [line for line in events if line.event in MOVES]
        if moves and moves[-1].event in {"ENTERQUEUE", "CALLOUTBOUND"}:
            restart = next((at for at in restarts_of(lines) if at[0] > moves[-1].time), None)
            if restart:
                found.append((call, restart[0], moves[-1].order))
    return found
