"""How the text of a cell is read: instants, whole numbers, zones, words of a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import available_timezones

TIME_PATTERN = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?"
    r"\s?(?:(Z|z)|([+-])(\d\d):?(\d\d)?)?)?"
)
WHOLE_NUMBER_PATTERN = re.compile(r"([+-]?\d+)(?:\.0*)?")


def read_time(text: str) -> datetime:
    """An ISO 8601 instant in UTC; an offset counts, none means UTC."""
    match = TIME_PATTERN.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    year, month, day, hour, minute, second, fraction, _, sign, off_hour, off_minute = match.groups()
    offset = timedelta(hours=int(off_hour or 0), minutes=int(off_minute or 0))
    local = datetime(
        int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0),
        int((fraction or "0")[:6].ljust(6, "0")),
        timezone(-offset if sign == "-" else offset),
    )
    try:
        return local.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error


def read_text(text: str) -> str:
    return text


def read_whole_number(text: str) -> int:
    """5 and 5.0 are whole numbers, 4.5 is none."""
    match = WHOLE_NUMBER_PATTERN.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    return int(match.group(1))


def read_boolean(text: str) -> bool:
    lowered = text.strip().lower()
    if lowered in ("true", "t", "yes", "y", "1"):
        return True
    if lowered in ("false", "f", "no", "n", "0"):
        return False
    raise ValueError(text)


def read_zone(text: str) -> str:
    """A name of the IANA database; never an offset."""
    if text not in available_timezones():
        raise ValueError(text)
    return text


def one_of(*values: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in values:
            raise ValueError(text)
        return text

    return read
