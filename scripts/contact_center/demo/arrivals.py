"""Who comes when, with what: the working day's shape, seasons, a campaign, the bad day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from . import clocks
from .chance import Chance
from .world import BAD_COMPANY, BAD_DAY, CAMPAIGN_SESSIONS, OUTBOUND, Company

# How many come in each hour of the day, on channels with a person at the other end and by e-mail.
LIVE_HOURS = (
    0.1, 0.05, 0.05, 0.05, 0.1, 0.3, 1, 2, 6, 9, 10, 9,
    6.5, 7, 8.5, 8, 7, 6, 5, 4.5, 4, 2.5, 1, 0.3,
)
MAIL_HOURS = (
    0.6, 0.3, 0.2, 0.2, 0.3, 0.6, 1.5, 3, 6, 8, 8, 7,
    5, 6, 7, 7, 6, 5, 4, 4, 5, 5, 3.5, 1.5,
)
# Of those who would call or chat while nobody is there, these write all the same.
NIGHT_CHANNELS = ("wechat", "whatsapp")
COMES_BACK = 0.16
CUSTOMERS_PER_WEEK = 24
PRIORITIES = {"normal": 0.88, "high": 0.09, "urgent": 0.03}
BAD_TIMES = 11


@dataclass
class Arrival:
    """A session before anything happens to it. `is_outbound`: an agent calls."""

    company: Company
    at: int
    channel: str
    skill: str
    topic: str
    customer: str
    priority: str
    contact_type: str
    campaign: str = ""
    is_outbound: bool = False
    is_bad_day: bool = False
    id: str = field(default="")

    def row(self) -> dict[str, Any]:
        return {
            "session_id": self.id, "company_id": self.company.id, "customer_id": self.customer,
            "channel_id": self.channel, "direction": "outbound" if self.is_outbound else "inbound",
            "contact_type": self.contact_type, "campaign_id": self.campaign,
            "initiated_by": "agent" if self.is_outbound else "customer",
            "priority": self.priority, "topic": self.topic,
        }


def arrivals_of(company: Company) -> list[Arrival]:
    """In the order of time."""
    found = []
    for day in clocks.days():
        chance = Chance("arrivals", company.id, day)
        for at in sorted(instants(company, day, chance)):
            found.append(arrival(company, day, at, chance))
        found += outbound_calls(company, day, chance)
    found = sorted((one for one in found if one is not None), key=lambda one: one.at)
    name_customers(company, found)
    return found


def instants(company: Company, day: datetime.date, chance: Chance) -> list[int]:
    found = []
    for hour, weight in enumerate(LIVE_HOURS):
        weight = 0.8 * weight + 0.2 * MAIL_HOURS[hour]
        mean = expected(company, day) * weight / sum(LIVE_HOURS)
        if company.id == BAD_COMPANY and day == BAD_DAY and 9 <= hour < 17:
            mean *= BAD_TIMES
        begins = clocks.instant(company.zone, day, f"{hour:02}:00")
        found += [begins + int(chance.share() * clocks.HOUR) for _ in range(chance.count(mean))]
    return found


def expected(company: Company, day: datetime.date) -> float:
    """Sessions of a day, with the seasons and slow growth. Who finds it closed stays away."""
    times = 0.95 + 0.1 * (day - datetime.date(2025, 10, 13)).days / 182
    for first, last, season in company.seasons:
        if first <= str(day) <= last:
            times *= season
    if clocks.clocks_of(company, day) is None and company.hours[day.weekday()]:
        times *= 0.3
    return 1.06 * company.weekly * company.weekdays[day.weekday()] * times


def arrival(company: Company, day: datetime.date, at: int, chance: Chance) -> Arrival | None:
    channel = chance.weighted(company.channels)
    is_live = channel != "email" and channel not in NIGHT_CHANNELS
    if is_live and not clocks.is_open(company, at):
        channel = "email" if chance.happens(0.3) else ""
    skill = chance.weighted(company.skills)
    topic = chance.weighted(company.topics)
    is_bad = company.id == BAD_COMPANY and day == BAD_DAY
    if is_bad and chance.happens(0.75):
        topic, skill = "payment", "orders"
    campaign = campaign_of(company, day, skill, chance)
    priority = chance.weighted(PRIORITIES)
    customer = chance.share()
    if not channel:
        return None
    return Arrival(
        company, at, channel, company.mail_skill if channel == "email" else skill, topic,
        f"{customer:.9f}", priority, "complaint" if is_bad else contact_type(skill, chance),
        campaign, is_bad_day=is_bad,
    )


def contact_type(skill: str, chance: Chance) -> str:
    if skill in ("sales", "booking", "vertrag"):
        return chance.weighted({"sales": 0.6, "information": 0.4})
    return chance.weighted({"support": 0.65, "information": 0.2, "complaint": 0.15})


def campaign_of(company: Company, day: datetime.date, skill: str, chance: Chance) -> str:
    share = chance.share()
    for campaign, company_id, first, last, of_skill, part in CAMPAIGN_SESSIONS:
        if (company_id, of_skill) == (company.id, skill) and first <= str(day) <= last:
            return campaign if share < part else ""
    return ""


def outbound_calls(company: Company, day: datetime.date, chance: Chance) -> list[Arrival]:
    campaign, company_id, skill, first, last, a_day = OUTBOUND
    is_due = company_id == company.id and first <= str(day) <= last and day.weekday() < 5
    return [
        Arrival(
            company, clocks.instant(company.zone, day, f"{hour}:{chance.between(10, 59)}"),
            "phone", skill, "account", f"{chance.share():.9f}", "normal", "sales", campaign,
            is_outbound=True,
        )
        for hour in range(10, 10 + a_day if is_due else 10)
    ]


def name_customers(company: Company, arrivals: list[Arrival]) -> None:
    """Most come with something new; some come back within days, with the same topic."""
    recent: list[Arrival] = []
    chance = Chance("customers", company.id)
    known = CUSTOMERS_PER_WEEK * company.weekly
    for one in arrivals:
        recent = [other for other in recent if one.at - other.at < 6 * clocks.DAY]
        former = [other for other in recent if one.at - other.at > 2 * clocks.HOUR]
        if former and not one.is_outbound and chance.happens(COMES_BACK):
            before = chance.one_of(former)
            one.customer, one.topic = before.customer, before.topic
        else:
            one.customer = f"{company.id[:2]}-{10_000 + int(float(one.customer) * known)}"
        recent.append(one)
