"""Instants are seconds since 1970, UTC; companies live by the clocks on their walls."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from .world import FIRST_DAY, LAST_DAY, Company

Span = tuple[int, int]
MINUTE, HOUR, DAY = 60, 3_600, 86_400


def days() -> Iterator[datetime.date]:
    for number in range((LAST_DAY - FIRST_DAY).days + 1):
        yield FIRST_DAY + datetime.timedelta(days=number)


def instant(zone: str, day: datetime.date, clock: str) -> int:
    """When the clocks of a zone show HH:MM on a day."""
    hours, minutes = map(int, clock.split(":"))
    moment = datetime.datetime.combine(day, datetime.time(), ZoneInfo(zone))
    return int((moment.replace(hour=hours, minute=minutes)).timestamp())


def local_day(zone: str, at: int) -> datetime.date:
    return datetime.datetime.fromtimestamp(at, ZoneInfo(zone)).date()


def end(company: Company) -> int:
    """The midnight after the last day."""
    return instant(company.zone, LAST_DAY + datetime.timedelta(days=1), "00:00")


def clocks_of(company: Company, day: datetime.date) -> tuple[str, str] | None:
    """From when to when a company is open on a day, as its clocks show it."""
    if str(day) in company.exceptions:
        return company.exceptions[str(day)]
    return company.hours[day.weekday()]


def open_span(company: Company, day: datetime.date) -> Span | None:
    clocks = clocks_of(company, day)
    if clocks is None:
        return None
    opens, closes = (instant(company.zone, day, clock) for clock in clocks)
    return opens, closes


def is_open(company: Company, at: int) -> bool:
    span = open_span(company, local_day(company.zone, at))
    return span is not None and span[0] <= at < span[1]


def next_open(company: Company, at: int) -> int:
    """The instant itself where the company is open, else when it opens next."""
    day = local_day(company.zone, at)
    for _ in range(15):
        span = open_span(company, day)
        if span and at < span[1]:
            return max(at, span[0])
        day += datetime.timedelta(days=1)
    raise ValueError(f"{company.id} doesn't open within a fortnight after {day}")


def text(at: int) -> str:
    moment = datetime.datetime.fromtimestamp(at, datetime.UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
