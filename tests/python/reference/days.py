"""Local days, with those of 23 and 25 hours and those that a zone skipped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


def local_date(zone: str, instant: datetime) -> date:
    return instant.astimezone(ZoneInfo(zone)).date()


@cache
def day_start(zone: str, day: date) -> datetime | None:
    """The first instant that bears the date in the zone; None for a date that was skipped."""
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=16)
    while local_date(zone, instant) < day:
        instant += timedelta(minutes=1)
    return instant if local_date(zone, instant) == day else None


def day_of(zone: str, instant: datetime) -> date:
    """The day that has begun last, even where a clock set back shows the date before again."""
    shown = local_date(zone, instant)
    following_start = day_start(zone, shown + DAY)
    if following_start is not None and following_start <= instant:
        return shown + DAY
    return shown


def day_end(zone: str, day: date) -> datetime:
    """Where the next existing day starts."""
    following = day + DAY
    while day_start(zone, following) is None:
        following += DAY
    return day_start(zone, following)


def cut_at_midnight(
    zone: str, start: datetime, end: datetime
) -> Iterator[tuple[date, datetime, datetime]]:
    """The pieces of a stretch that lie in one local day each."""
    while start < end:
        day = day_of(zone, start)
        piece_end = min(end, day_end(zone, day))
        yield day, start, piece_end
        start = piece_end
