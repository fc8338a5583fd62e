"""What the adapter asterisk makes of the agents of a queue_log, a second time, without any SQL."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby

from asterisk_reference import (
    LOGINS,
    LOGOUTS,
    NOBODY,
    OF_AGENTS,
    Line,
    answers_of,
    interrupted_waits,
    restarts_of,
    with_reasons,
)

HALF_A_DAY = 12 * 3600


@dataclass
class Period:
    """A call or a wrap-up that keeps an agent busy."""

    line: Line
    agent: str
    time: float
    end: tuple[float, int] | None
    call: str | None
    is_wrap_up: bool
    restart: tuple[float, int] | None = None
    is_cut: bool = False


@dataclass
class Step:
    """What a line says of an agent, or what a restart does to it."""

    line: Line
    event: str
    presence: str | None = None
    is_made: bool = False
    forgotten: set[str] = field(default_factory=set)


@dataclass
class Agent:
    calls: set[int] = field(default_factory=set)
    is_in: bool | None = None
    seen: bool = False
    member_of: set[str] = field(default_factory=set)
    shown_in: dict[str, tuple[float, float]] = field(default_factory=dict)
    paused_in: dict[str, bool] = field(default_factory=dict)
    paused_in_all: bool = False
    is_on_break: bool = False  # as of the last line that may change it
    reason: str = ""

    def is_paused(self, time: float) -> bool:
        queues = self.member_of | {
            queue for queue, (since, until) in self.shown_in.items() if since <= time < until
        }
        if not queues:
            return self.paused_in_all
        return all(self.paused_in.get(queue, self.paused_in_all) for queue in queues)

    def state(self) -> str | None:
        if self.calls:
            return "busy"
        if self.is_on_break:
            return "break"
        return "idle" if (self.seen if self.is_in is None else self.is_in) else None


def told_queues(own: list[Line]) -> dict[str, list[Line]]:
    told = defaultdict(list)
    for line in own:
        if line.event in {"ADDMEMBER", "REMOVEMEMBER"}:
            told[line.queue].append(line)
    return told


def forgotten_queues(lines: list[Line], agent: str, told: dict[str, list[Line]]) -> list[tuple]:
    """(restart, queue) of memberships that Asterisk forgot."""
    found = []
    for queue in told:
        signs = [
            line for line in lines
            if line.agent == agent and line.queue == queue and line.event in {
                "ADDMEMBER", "REMOVEMEMBER", "CONNECT", "RINGNOANSWER", "PAUSE", "UNPAUSE"
            }
        ]
        is_member = False
        for place, line in enumerate(signs):
            if line.event in {"ADDMEMBER", "REMOVEMEMBER"}:
                is_member = line.event == "ADDMEMBER"
            follower = signs[place + 1] if place + 1 < len(signs) else None
            if is_member and (follower is None or follower.event == "ADDMEMBER"):
                until = follower.time if follower else float("inf")
                restart = next((at for at in restarts_of(lines) if at[0] > line.time), None)
                if restart and restart[0] <= until:
                    found.append((restart, queue))
    return found


def made_step(restart: tuple[float, int], agent: str, event: str) -> Step:
    return Step(Line(*restart, "", "", agent, event, [""] * 6), event, is_made=True)


def forgotten_steps(
    lines: list[Line], agent: str, own: list[Line], told: dict[str, list[Line]]
) -> list[Step]:
    """What restarts make Asterisk forget of an agent."""
    restarts, queues = restarts_of(lines), defaultdict(set)
    for restart, queue in forgotten_queues(lines, agent, told):
        queues[restart].add(queue)
    steps = []
    for restart, forgotten in queues.items():
        steps.append(made_step(restart, agent, "FORGOTTEN"))
        steps[-1].forgotten = forgotten
    logins = [line for line in own if line.event in LOGINS | LOGOUTS]
    ends = set()
    for place, line in enumerate(logins):
        follower = logins[place + 1] if place + 1 < len(logins) else None
        if line.event in LOGINS and (follower is None or follower.event in LOGINS):
            restart = next((at for at in restarts if at[0] > line.time), None)
            if restart and (follower is None or restart[0] <= follower.time):
                ends.add((restart, "LOGOUT"))
    if not logins and not told:
        for line in own:
            if line.event in {"PAUSE", "PAUSEALL"}:
                ends |= {
                    (at, "UNPAUSEALL") for at in [at for at in restarts if at[0] > line.time][:1]
                }
    return steps + [made_step(restart, agent, event) for restart, event in sorted(ends)]


def steps_of(lines: list[Line], agent: str) -> list[Step]:
    """Everything that is said of an agent or follows from a restart, in order."""
    own = with_reasons([line for line in lines if line.agent == agent and line.event in OF_AGENTS])
    told = told_queues(own)
    logs_in = any(line.event in LOGINS | LOGOUTS for line in own)
    steps = [Step(line, line.event) for line in own]
    steps += forgotten_steps(lines, agent, own, told)
    steps.sort(key=lambda step: step.line.place)

    members = {queue for queue, said in told.items() if said[0].event == "REMOVEMEMBER"}
    is_first = True
    for step in steps:
        if step.event in LOGINS:
            step.presence = "in"
        elif step.event in LOGOUTS or step.event == "LOGOUT":
            step.presence = "out"
        elif step.event in {"ADDMEMBER", "REMOVEMEMBER", "FORGOTTEN"}:
            before = set(members)
            if step.event == "ADDMEMBER":
                members.add(step.line.queue)
                if not logs_in and (not before or is_first):
                    step.presence = "in"
            else:
                members -= step.forgotten or {step.line.queue}
                if not logs_in and before and not members:
                    step.presence = "out"
            is_first = False
    return steps


def busy_periods(lines: list[Line], steps: dict[str, list[Step]]) -> list[Period]:
    periods = [
        Period(answer.line, answer.agent, answer.time, answer.end, answer.line.call, False,
               answer.restart)
        for answer in answers_of(lines) if answer.agent != NOBODY
    ]
    for line in lines:
        if line.event == "WRAPUPSTART":
            own_call = None if line.call == "NONE" else line.call
            periods.append(Period(
                line, line.agent, line.time, (line.time + float(line.data[0]), line.order),
                own_call, True,
            ))
    # An end that is missing is the agent's next call, wrap-up, coming or going, or a restart.
    for agent in {period.agent for period in periods}:
        own = sorted(
            (period for period in periods if period.agent == agent),
            key=lambda period: (period.time, period.line.order),
        )
        goings = [step for step in steps.get(agent, []) if step.presence]
        last_call = None
        for period in own:
            place = period.time, period.line.order
            if period.is_wrap_up:
                period.call = period.call or last_call
            else:
                last_call = period.call
            if period.end is None:
                follows = sorted(
                    [(other.time, other.line.order) for other in own
                     if (other.time, other.line.order) > place]
                    + [step.line.place for step in goings if step.line.place > place]
                )[:1]
                if period.restart:
                    follows.append(period.restart)
                period.end = min(follows, key=lambda at: at[0], default=None)
            leaves = [
                step.line.place for step in goings
                if step.presence == "out" and step.line.place >= place
            ][:1]
            if leaves and (period.end is None or leaves[0] <= period.end):
                period.end, period.is_cut = leaves[0], True
    return periods


def further_session_events(lines: list[Line], periods: list[Period]) -> list[tuple]:
    """Wrap-up, and the closes of what Asterisk didn't outlive, as session_events gives its rows."""
    rows = []
    for period in periods:
        if period.is_wrap_up and period.call:
            for time, kind, step in (
                (period.time, "wrap_up_started", 5), (period.end[0], "wrap_up_ended", 6)
            ):
                rows += [(
                    period.call, time, kind, "agent", period.agent, None, None, None,
                    (period.line.order, step),
                )] * period.line.copies
    interrupted = interrupted_waits(lines)
    ends = {period.line.order: period.end[0] for period in periods if period.restart}
    for answer in answers_of(lines):
        if answer.restart:
            end = ends.get(answer.line.order, answer.restart[0])
            place = min(end, answer.restart[0]), answer.line.order
            interrupted.append((answer.line.call, *place))
    return rows + [
        (call, time, "closed", "system", None, None, None, None, (order, 7))
        for call, time, order in interrupted
    ]


def shown_queues(lines: list[Line], name: str, told: set[str]) -> dict[str, tuple[float, float]]:
    own = [line for line in lines if line.agent == name]
    pauses = any(line.event in {"PAUSE", "UNPAUSE"} for line in own)
    shown = defaultdict(list)
    for line in own:
        signs = {"PAUSE", "UNPAUSE"} | ({"CONNECT", "RINGNOANSWER"} if pauses else set())
        if line.event in signs and line.queue not in told:
            shown[line.queue].append(line.time)
    return {
        queue: (min(times) - HALF_A_DAY, max(times) + HALF_A_DAY)
        for queue, times in shown.items()
    }


def agent_events(lines: list[Line]) -> tuple[list[tuple], list[Period]]:
    """(agent, time, type, state, reason) in their order, each as often as lines say it."""
    names = {line.agent for line in lines if line.agent and line.event in OF_AGENTS}
    steps = {name: steps_of(lines, name) for name in names}
    periods = busy_periods(lines, steps)
    rows = []
    for name in sorted(names | {period.agent for period in periods}):
        rows += events_of(name, lines, steps.get(name, []), periods)
    return rows, periods


def events_of(
    name: str, lines: list[Line], steps: list[Step], periods: list[Period]
) -> list[tuple]:
    moments = [
        (*step.line.place, 1, step.event, step) for step in steps if step.event != "WRAPUPSTART"
    ]
    for period in periods:
        if period.agent == name and period.end != (period.time, period.line.order):
            moments.append((period.time, period.line.order, 2, "busy", period))
            if period.end:
                moments.append((*period.end, 0, "cut" if period.is_cut else "free", period))
    moments.sort(key=lambda moment: moment[:3])
    told = told_queues([step.line for step in steps])
    agent = Agent(shown_in=shown_queues(lines, name, set(told)))
    agent.member_of = {queue for queue, said in told.items() if said[0].event == "REMOVEMEMBER"}
    first = next((step for step in steps if step.event in {"ADDMEMBER", "REMOVEMEMBER"}), None)
    if first and first.event == "ADDMEMBER" and first.presence == "in":
        agent.is_in = False
    rows, was_paused = [], False
    for (time, _, _), same in groupby(moments, key=lambda moment: moment[:3]):
        happened = [(kind, thing) for *_, kind, thing in same]
        for kind, thing in happened:
            if kind in {"free", "cut"}:
                agent.calls.discard(thing.line.order)
            elif kind == "busy":
                agent.calls.add(thing.line.order)
                agent.seen = True
            else:
                change(agent, thing)
                if kind not in LOGINS:
                    agent.is_on_break = agent.is_paused(time)
                    if kind in {"PAUSE", "PAUSEALL"} or not agent.is_on_break:
                        agent.reason = thing.line.data[0] if kind.startswith("PAUSE") else ""
                agent.seen = agent.seen or agent.is_on_break
        for kind, thing in happened:
            rows += event_row(name, agent, time, kind, thing, was_paused)
        was_paused = agent.is_on_break
    return rows


def event_row(
    name: str, agent: Agent, time: float, kind: str, thing: Step | Period, was_paused: bool
) -> list[tuple]:
    copies = 1 if kind in {"free", "cut"} else thing.line.copies
    state = agent.state()
    presence = thing.presence if isinstance(thing, Step) else None
    if isinstance(thing, Step) and thing.is_made and kind == "UNPAUSEALL" and not was_paused:
        return []
    if presence == "out":
        return [(name, time, "logout", None, None)] * copies
    reason = (agent.reason or None) if state == "break" else None
    if presence == "in":
        rows = [(name, time, "login", None, None)] * copies
        return rows + ([(name, time, "state", state, reason)] * copies if state != "idle" else [])
    # A call that begins or ends during another one changes nothing.
    if kind == "cut" or kind == "free" and agent.calls or kind == "busy" and len(agent.calls) > 1:
        return []
    if state:
        return [(name, time, "state", state, reason)] * copies
    if kind == "free" or kind != "busy" and was_paused:
        return [(name, time, "logout", None, None)] * copies
    return []


def change(agent: Agent, step: Step) -> None:
    queue = step.line.queue
    if step.presence:
        agent.is_in = step.presence == "in"
    if step.event in {"PAUSEALL", "UNPAUSEALL"}:
        agent.paused_in = {}
        agent.paused_in_all = step.event == "PAUSEALL"
    elif step.event in {"PAUSE", "UNPAUSE"}:
        agent.paused_in[queue] = step.event == "PAUSE"
    elif step.event == "ADDMEMBER":
        if queue not in agent.member_of and step.line.data[0] != "AS BEFORE":
            agent.paused_in[queue] = step.line.data[0] == "PAUSED"
        agent.member_of.add(queue)
    elif step.event in {"REMOVEMEMBER", "FORGOTTEN"}:
        for left in step.forgotten or {queue}:
            agent.member_of.discard(left)
            agent.paused_in[left] = False
    if step.presence == "out":
        agent.paused_in = {}
        agent.paused_in_all = False
