"""Who works when: shifts in turn, breaks, meetings, work beside customers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from . import clocks
from .chance import Chance
from .clocks import HOUR, MINUTE, Span
from .world import BAD_COMPANY, BAD_DAY, FIRST_DAY, PEOPLE, Company, Person

MOST_SHIFTS_A_WEEK = 5


@dataclass
class Shift:
    """`breaks`: with their reasons. `paperwork`: busy, and not with customers."""

    starts: int
    ends: int
    breaks: list[tuple[Span, str]] = field(default_factory=list)
    paperwork: list[Span] = field(default_factory=list)

    def is_away(self, at: int) -> bool:
        spans = [span for span, _ in self.breaks] + self.paperwork
        return any(start <= at < end for start, end in spans)


@dataclass
class Agent:
    """A person at work: what is in their hands, and until when."""

    person: Person
    shifts: list[Shift] = field(default_factory=list)
    calls: list[Span] = field(default_factory=list)
    chats: list[Span] = field(default_factory=list)
    mails: list[Span] = field(default_factory=list)
    # Stretches in which one is busy: calls with their work afterwards, chats, writing e-mails.
    busy: list[Span] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.person.id

    def shift_at(self, at: int) -> Shift | None:
        return next((one for one in self.shifts if one.starts <= at < one.ends), None)

    def speed(self, company: Company, at: int) -> float:
        """Times an ordinary duration; who is new needs longer for two months."""
        began = clocks.instant(
            company.zone, datetime.date.fromisoformat(self.person.works_from), "00:00"
        )
        weeks = (at - began) / clocks.DAY / 7
        is_new = self.person.works_from > str(FIRST_DAY)
        return self.person.speed * (1.3 - 0.3 * min(weeks / 9, 1) if is_new else 1)


def agents_of(company: Company) -> list[Agent]:
    agents = [Agent(person) for person in PEOPLE if person.company == company.id]
    worked = {agent.id: 0 for agent in agents}
    for day in clocks.days():
        if day.weekday() == 0:
            worked = {agent.id: 0 for agent in agents}
        chance = Chance("rota", company.id, day)
        free = [agent for agent in agents if is_there(agent.person, day)]
        free = [one for one in free if worked[one.id] < MOST_SHIFTS_A_WEEK]
        free.sort(key=lambda agent: (worked[agent.id], chance.share()))
        for span, agent in zip(spans(company, day), free, strict=False):
            worked[agent.id] += 1
            agent.shifts.append(shift(span, chance))
    return agents


def is_there(person: Person, day: datetime.date) -> bool:
    is_employed = person.works_from <= str(day) <= person.works_until
    return is_employed and not any(first <= str(day) <= last for first, last in person.holidays)


def spans(company: Company, day: datetime.date) -> list[Span]:
    """The shifts of a day, as far as the company is open; a long day has one more."""
    hours = clocks.open_span(company, day)
    if hours is None:
        return []
    shifts = list(company.shifts[day.weekday()])
    if hours[1] - hours[0] > 13 * HOUR:
        shifts += [("08:00", "13:00"), ("17:00", "22:00"), ("18:00", "22:00")]
    found = []
    for first, last in shifts:
        starts, ends = (clocks.instant(company.zone, day, clock) for clock in (first, last))
        starts, ends = max(starts, hours[0]), min(ends, hours[1])
        if ends - starts >= 2 * HOUR:
            found.append((starts, ends))
    if (company.id, day) == (BAD_COMPANY, BAD_DAY):
        del found[1]
    return found


def shift(span: Span, chance: Chance) -> Shift:
    """Who opens is there a little before; nobody leaves on the second."""
    starts = span[0] - chance.between(0, 4 * MINUTE)
    made = Shift(starts, span[1] + chance.between(0, 4 * MINUTE))
    length = made.ends - made.starts
    middle = made.starts + round(length * (0.42 + 0.16 * chance.share()))
    pause = 30 * MINUTE if length > 4.25 * HOUR else 15 * MINUTE
    made.breaks.append(
        ((middle, middle + pause + chance.between(-120, 240)),
         "lunch" if pause == 30 * MINUTE else "coffee")
    )
    if chance.happens(0.16):
        at = made.starts + round(length * 0.75)
        reason = chance.weighted({"meeting": 0.6, "training": 0.4})
        made.breaks.append(((at, at + chance.between(20, 40) * MINUTE), reason))
    made.paperwork += paperwork(made, chance)
    return made


def paperwork(made: Shift, chance: Chance) -> list[Span]:
    found, at = [], made.starts + chance.between(15, 50) * MINUTE
    while at < made.ends - 20 * MINUTE:
        length = chance.around(330, 0.5, 90, 900)
        if not made.is_away(at) and not made.is_away(at + length):
            found.append((at, at + length))
        at += length + chance.between(60, 120) * MINUTE
    return found
