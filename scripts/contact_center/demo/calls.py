"""Telephone calls: hold, transfers, work afterwards, callbacks; and calls that agents make."""

from __future__ import annotations

import dataclasses

from .centre import Case
from .clocks import MINUTE
from .feedback import ask_afterwards
from .rota import Agent


class Call:
    def __init__(self, case: Case, scale: float = 1.0) -> None:
        chance = case.chance
        self.case = case
        self.talk = round(chance.around(330, 0.55, 35, 1_800) * scale)
        self.after = chance.around(55, 0.6, 10, 240) if chance.happens(0.85) else 0
        self.patience = chance.around(230, 0.7, 6, 900)
        self.is_held = chance.happens(0.24)
        self.is_transferred = chance.happens(0.14)
        if case.arrival.is_bad_day:
            self.talk = round(1.9 * self.talk)

    def ring(self, at: int) -> None:
        case = self.case
        case.ask(
            at + case.chance.between(8, 25), "call", case.arrival.skill, self.patience,
            self.length, self.speak, self.give_up,
        )

    def length(self, agent: Agent) -> int:
        return round(self.talk * agent.person.speed) + self.after

    def speak(self, agent: Agent, at: int) -> None:
        case = self.case
        ends = at + round(self.talk * case.speed(agent, at))
        if self.is_held and ends - at > 120:
            held = at + round((ends - at) * (0.2 + 0.4 * case.chance.share()))
            back = min(held + case.chance.around(50, 0.6, 10, 240), ends - 10)
            case.event(held, "held", agent_id=agent.id)
            case.event(back, "resumed", agent_id=agent.id)
        done = ends + self.after
        agent.calls.append((at, done))
        agent.busy.append((at, done))
        case.wrap_up(ends, self.after, agent)
        case.dispose(done, agent)
        if self.is_transferred and case.can_transfer(ends, agent):
            skill = case.transfer(ends, agent)
            self.talk, self.is_held = round(0.7 * self.talk), False
            case.centre.later(ends, lambda now: case.ask(
                now, "call", skill, 2 * self.patience, self.length, self.speak, self.give_up, agent,
            ))
            return
        actor = "customer" if case.chance.happens(0.65) else "agent"
        case.close(ends, actor, agent)
        ask_afterwards(case, done, agent)

    def give_up(self, at: int) -> None:
        """Some leave a message or take a callback instead."""
        case = self.case
        share = case.chance.share() if self.patience > 150 else 1.0
        if share < 0.4:
            reason = "callback" if share < 0.25 else "voicemail"
            case.event(at, "dequeued", reason=reason)
            case.close(at + 1, "system")
            if reason == "callback":
                case.centre.later(at + case.chance.between(20, 90) * MINUTE, self.call_back)
        else:
            case.leave(at)

    def call_back(self, at: int) -> None:
        at = self.case.centre.desk.opening(at)
        if at < self.case.centre.end:
            begin_outbound(self.case.centre.open_case(dataclasses.replace(
                self.case.arrival, at=at, is_outbound=True, is_bad_day=False,
            )))


def begin(case: Case) -> None:
    call = Call(case)
    case.centre.later(case.arrival.at, call.ring)


def begin_outbound(case: Case) -> None:
    """An agent calls as soon as one is free; not everybody answers the telephone."""
    call = Call(case, 0.6 if case.chance.happens(0.55) else 0.15)
    call.is_transferred = False

    def dial(at: int) -> None:
        found = case.centre.desk.next_free("call", at, at + 90 * MINUTE, call.length)
        if found is None:
            case.close(at + 90 * MINUTE, "system")
            return
        case.event(found.at, "accepted", agent_id=found.agent.id, skill_id=case.arrival.skill)
        case.agents.append(found.agent)
        call.speak(found.agent, found.at)

    case.centre.later(case.arrival.at, dial)
