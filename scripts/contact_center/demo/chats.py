"""Chats and messages: a bot first, then a person; pendings, transfers, reopenings."""

from __future__ import annotations

from . import clocks
from .centre import Case
from .chance import Chance
from .clocks import HOUR, MINUTE
from .feedback import ask_afterwards
from .rota import Agent

BOT_CHANNELS = ("web-chat", "wechat")
MESSAGING = ("whatsapp", "wechat")
BOT_OUTCOMES = {"handed_off": 0.66, "resolved": 0.23, "abandoned": 0.07, "failed": 0.04}
BOT_OUTCOMES_OF_THE_BAD_DAY = {
    "handed_off": 0.8, "resolved": 0.03, "abandoned": 0.12, "failed": 0.05,
}
PENDING_REASONS = ("customer", "supplier", "specialist")


class Chat:
    """`part`: 0 at first; each further person writes a conversation of its own."""

    def __init__(self, case: Case) -> None:
        chance = case.chance
        self.case = case
        self.part = 0
        self.rounds = 1 + chance.around(4.2, 0.5, 1, 11)
        is_messaging = case.arrival.channel in MESSAGING
        self.patience = chance.around(900 if is_messaging else 300, 0.6, 20, 3_600)
        if case.arrival.is_bad_day:
            self.rounds += 4
        self.is_transferred = chance.happens(0.1)
        self.is_pending = is_messaging and chance.happens(0.06)
        self.returns = is_messaging and chance.happens(0.05)

    def begin(self, at: int) -> None:
        case = self.case
        case.write(at, "customer")
        day = str(clocks.local_day(case.company.zone, at))
        bot_from = case.company.bot_from
        if case.arrival.channel in BOT_CHANNELS and bot_from and bot_from <= day:
            at = self.meet_bot(at)
        else:
            at += case.chance.between(1, 6)
        if at:
            self.queue(at)

    def meet_bot(self, at: int) -> int:
        """When the bot hands over; 0 where it doesn't."""
        case, chance = self.case, self.case.chance
        case.event(at + 1, "bot_started", actor_type="bot")
        now = at + 2
        for number in range(chance.between(1, 3)):
            if number:
                now += chance.between(8, 40)
                case.write(now, "customer")
            now += chance.between(1, 3)
            case.write(now, "bot", sender_id="bot")
        is_bad = case.arrival.is_bad_day
        outcome = chance.weighted(BOT_OUTCOMES_OF_THE_BAD_DAY if is_bad else BOT_OUTCOMES)
        now += chance.between(4, 30)
        case.event(now, "bot_ended", actor_type="bot", outcome=outcome)
        if outcome in ("handed_off", "failed"):
            return now + 1
        case.close(now + chance.between(5, 90), "system" if outcome == "resolved" else "customer")
        return 0

    def queue(self, at: int, skill: str = "", but: Agent | None = None) -> None:
        """Messages of the night wait for the morning; a web chat ends with the day."""
        case = self.case
        opens = case.centre.desk.opening(at)
        if opens > at and case.arrival.channel not in MESSAGING:
            case.close(at + 60, "system")
            return
        if opens > at:
            opens += case.chance.between(0, 15 * MINUTE)
            self.patience = 6 * HOUR
        case.centre.later(opens, lambda now: case.ask(
            now, "chat", skill or case.arrival.skill, self.patience, self.length, self.talk,
            case.leave, but,
        ))

    def exchanges(self, speed: float) -> list[tuple[int, str]]:
        """Who writes how many seconds after the acceptance; the same draws at any speed. Who sits
        before a web chat answers at once, who writes from a telephone when there is a moment."""
        chance = Chance("talk", self.case.id, self.part)
        is_messaging = self.case.arrival.channel in MESSAGING
        reply = (240, 0.9, 10, 1_800) if is_messaging else (50, 0.6, 5, 300)
        now, found = round(chance.around(16, 0.6, 3, 240) * speed), []
        for number in range(self.rounds):
            if number:
                now += round(chance.around(45, 0.6, 6, 400) * speed)
            found.append((now, "agent"))
            if chance.happens(0.15):
                now += chance.between(5, 15)
                found.append((now, "agent"))
            if number < self.rounds - 1 or chance.happens(0.4):
                now += chance.around(*reply)
                found.append((now, "customer"))
                if chance.happens(0.2):
                    now += chance.between(3, 12)
                    found.append((now, "customer"))
        return found

    def length(self, agent: Agent) -> int:
        return self.exchanges(agent.person.speed)[-1][0] + MINUTE

    def talk(self, agent: Agent, at: int) -> None:
        case, chance = self.case, self.case.chance
        said = self.exchanges(case.speed(agent, at))
        if self.part and case.is_reopened and not case.is_transferred:
            said = said[:3]
        for offset, sender in said:
            case.write(at + offset, sender, sender_id=agent.id if sender == "agent" else "")
        last = at + said[-1][0]
        self.part += 1
        if self.is_transferred and len(said) > 2 and case.can_transfer(last, agent):
            ends = last + chance.between(5, 30)
            self.look(agent, at, ends)
            skill = case.transfer(ends, agent)
            self.rounds, self.patience = max(2, self.rounds - 1), 2 * self.patience
            self.queue(ends, skill, agent)
        elif self.is_pending:
            self.is_pending = False
            ends = last + chance.between(5, 40)
            self.look(agent, at, ends)
            self.pend(ends, agent)
        else:
            self.end(agent, at, last)

    def end(self, agent: Agent, at: int, last: int) -> None:
        case, chance = self.case, self.case.chance
        actor = chance.weighted({"agent": 0.72, "customer": 0.18, "system": 0.10})
        ends = last + (300 if actor == "system" else chance.between(8, 45))
        self.look(agent, at, ends)
        case.dispose(ends - 2, agent)
        case.close(ends, actor, agent)
        if chance.happens(0.35):
            after = chance.around(30, 0.5, 8, 120)
            case.wrap_up(ends, after, agent)
            agent.busy.append((ends, ends + after))
        if self.returns and not case.is_reopened:
            case.centre.later(ends + chance.between(40, 1_100) * MINUTE, self.come_back)
        else:
            ask_afterwards(case, ends + 2, agent)

    def look(self, agent: Agent, starts: int, ends: int) -> None:
        """The agent has it in hand, and looks elsewhere now and then."""
        chance, log = self.case.chance, self.case.centre.log
        agent.chats.append((starts, ends))
        agent.busy.append((starts, ends))
        now = starts + chance.between(1, 4)
        while now < ends - 20:
            until = min(now + chance.around(200, 0.6, 30, 900), ends)
            for at, kind in ((now, "focus"), (until, "blur")):
                log.add("raw_focus_events", at, session_id=self.case.id, agent_id=agent.id,
                        event_type=kind)
            now = until + chance.between(8, 60)

    def pend(self, at: int, agent: Agent) -> None:
        case, chance = self.case, self.case.chance
        case.event(at, "pended", agent_id=agent.id, reason=chance.one_of(PENDING_REASONS))
        case.event(at + 1, "released", agent_id=agent.id)

        def go_on(now: int) -> None:
            case.event(now, "unpended", actor_type="system")
            self.rounds = 2
            self.queue(now + 1)

        case.centre.later(at + chance.between(60, 1_500) * MINUTE, go_on)

    def come_back(self, at: int) -> None:
        self.case.reopen(at)
        self.queue(at + 1)


def begin(case: Case) -> None:
    case.centre.later(case.arrival.at, Chat(case).begin)
