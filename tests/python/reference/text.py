"""How the text of a cell is read: instants, days, whole numbers, zones, words of a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

TIME_PATTERN = re.compile(
    r"(\d{4})([-/])(\d\d?)\2(\d\d?)"
    r"(?:[Tt ](\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?"
    r" ?(?:Z|z|UTC|([+-])(\d\d):?(\d\d)?)?)?"
)
# Digits before the point, and what part of a second one of them is.
EPOCH_UNITS = {10: 1, 13: 10**3, 16: 10**6, 19: 10**9}
EPOCH_PATTERN = re.compile(r"(\d+)(?:\.(\d*))?")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DATE_PATTERN = re.compile(r"\d{4}-\d\d-\d\d")
LOCAL_TIME_PATTERN = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
WHOLE_NUMBER_PATTERN = re.compile(r"([+-]?\d+)(?:\.0*)?")
# What other programs write for nothing where a time, a number or one of a list of words is due.
WORDS_FOR_NOTHING = {"null", "none", "nan", "nat", "<na>", "\\n"}


def read_time(text: str) -> datetime:
    """An instant in UTC; an offset counts, none means UTC. A number counts from 1970."""
    if (number := EPOCH_PATTERN.fullmatch(text)) and len(number.group(1)) in EPOCH_UNITS:
        return read_epoch(number.group(1), number.group(2) or "")
    match = TIME_PATTERN.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, _, month, day, hour, minute, second, fraction, sign, off_hour, off_minute = match.groups()
    offset = timedelta(hours=int(off_hour or 0), minutes=int(off_minute or 0))
    midnight = datetime(int(year), int(month), int(day), tzinfo=UTC)
    if int(hour or 0) > 24 or int(minute or 0) > 59 or int(second or 0) > 59:
        raise ValueError(text)
    since_midnight = timedelta(
        hours=int(hour or 0), minutes=int(minute or 0), seconds=int(second or 0),
        microseconds=int((fraction or "0")[:6].ljust(6, "0")),
    )
    if since_midnight > timedelta(days=1):
        raise ValueError(text)
    try:
        return midnight + since_midnight + (offset if sign == "-" else -offset)
    except OverflowError as error:
        raise ValueError(text) from error


def read_epoch(digits: str, decimals: str) -> datetime:
    """Seconds, milliseconds, microseconds or nanoseconds since 1970, cut to whole microseconds."""
    if digits.startswith("0000"):
        raise ValueError(digits)
    value = int(digits + decimals) * 10**6 // (EPOCH_UNITS[len(digits)] * 10 ** len(decimals))
    return EPOCH + timedelta(microseconds=value)


def is_nothing(text: str | None) -> bool:
    return not text or text.lower() in WORDS_FOR_NOTHING


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


def one_of_numbers(first: int, last: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = read_whole_number(text)
        if not first <= number <= last:
            raise ValueError(text)
        return number

    return read


def read_date(text: str) -> date:
    """A day of a calendar on the wall, and nothing but the day."""
    if not DATE_PATTERN.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def read_local_time(text: str) -> str:
    """What a clock on the wall shows: 00:00 to 24:00."""
    if not LOCAL_TIME_PATTERN.fullmatch(text):
        raise ValueError(text)
    return text


def one_of(*values: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in values:
            raise ValueError(text)
        return text

    return read
