"""E-mails: answered within hours, by whoever is there; some ask back, some come again."""

from __future__ import annotations

from .centre import Case
from .clocks import DAY, MINUTE
from .desk import PATIENCE_OF_MAIL
from .feedback import ask_afterwards
from .rota import Agent

# What comes so soon before the end of a day is for the next one.
TOO_LATE = 75 * MINUTE


class Mail:
    def __init__(self, case: Case) -> None:
        chance = case.chance
        self.case = case
        self.delay = chance.around(8_400, 0.6, 900, 5 * 3_600)
        self.writing = chance.around(540, 0.5, 120, 1_500)
        self.stays = chance.happens(0.08)
        self.asks_back = chance.happens(0.14)
        self.returns = chance.happens(0.06)

    def begin(self, at: int) -> None:
        case = self.case
        case.write(at, "customer")
        case.write(at + case.chance.between(4, 20), "system", origin="auto_reply")
        self.queue(at + MINUTE)

    def queue(self, at: int) -> None:
        """Given out in opening hours, those of the night little by little in the morning."""
        case = self.case
        opens = case.centre.desk.opening(at)
        if case.centre.desk.opening(opens + TOO_LATE) > opens + TOO_LATE:
            opens = case.centre.desk.opening(opens + TOO_LATE)
        wait = case.chance.between(2, 20) if opens == at else case.chance.between(5, 75)
        case.centre.later(opens + wait * MINUTE, lambda now: case.ask(
            now, "mail", case.arrival.skill, PATIENCE_OF_MAIL, lambda agent: self.delay,
            self.answer, case.leave,
        ))

    def answer(self, agent: Agent, at: int) -> None:
        """Before the shift's end, but for what needs to be looked into until the next one."""
        case, chance = self.case, self.case.chance
        shift = agent.shift_at(at)
        latest = (shift.ends if shift else at + self.delay) - chance.between(1, 6) * MINUTE
        answers = min(at + round(self.delay * case.speed(agent, at)), latest)
        following = next((one for one in agent.shifts if one.starts > at), None)
        if self.stays and following and following.starts < at + 2 * DAY:
            answers = following.starts + chance.between(20, 70) * MINUTE
        writes = max(at + 10, answers - round(self.writing * case.speed(agent, at)))
        case.write(answers, "agent", sender_id=agent.id)
        for moment, kind in ((writes, "focus"), (answers + 1, "blur")):
            case.centre.log.add("raw_focus_events", moment, session_id=case.id, agent_id=agent.id,
                                event_type=kind)
        ends = answers + chance.between(4, 60)
        agent.mails.append((at, ends))
        agent.busy.append((writes, ends))
        if self.asks_back:
            self.asks_back = False
            self.ask_back(ends, agent)
        else:
            self.end(ends, agent)

    def ask_back(self, at: int, agent: Agent) -> None:
        case, chance = self.case, self.case.chance
        case.event(at, "pended", agent_id=agent.id, reason="customer")
        case.event(at + 1, "released", agent_id=agent.id)
        if chance.happens(0.8):
            case.centre.later(at + chance.between(60, 2_400) * MINUTE, self.hear)
        else:
            case.centre.later(at + 3 * DAY, lambda now: case.close(now, "system"))

    def hear(self, at: int) -> None:
        case = self.case
        case.write(at, "customer")
        case.event(at, "unpended", actor_type="customer")
        self.queue(at + 1)

    def end(self, at: int, agent: Agent) -> None:
        case, chance = self.case, self.case.chance
        case.dispose(at, agent)
        case.close(at, "agent", agent)
        if self.returns and not case.is_reopened:
            case.centre.later(at + chance.between(60, 2_000) * MINUTE, self.come_back)
        else:
            ask_afterwards(case, at, agent)

    def come_back(self, at: int) -> None:
        self.case.reopen(at)
        self.queue(at + 1)


def begin(case: Case) -> None:
    case.centre.later(case.arrival.at, Mail(case).begin)
