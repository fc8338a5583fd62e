"""A vendor's numbers, as files write them, with how finely they are written."""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

CLOCK = re.compile(r"(?:(\d+)[.d ]\s*)?(\d+):([0-5]\d)(?::([0-5]\d(?:\.\d+)?))?")
ISO_DURATION = re.compile(
    r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.IGNORECASE
)
UNITS = {"day": 86400, "hour": 3600, "minute": 60, "min": 60, "second": 1, "sec": 1}
WORDS = re.compile(r"(\d+(?:\.\d+)?)\s*(day|hour|minute|min|second|sec)s?\b", re.IGNORECASE)
# Commas between thousands, also as India groups them; "12,5" is none of these.
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
NOTHING = {"", "-", "--", "n/a", "null", "none"}
EPOCH = datetime.datetime(1970, 1, 1)


@dataclass(frozen=True)
class Value:
    """`step`: the last place that is written; a figure that rounds, or is cut, to it is equal."""

    number: float | None
    step: float = 0.0

    def equals(self, ours: float | None) -> bool:
        if self.number is None or ours is None:
            return self.number is None and ours is None
        if math.isclose(self.number, ours, rel_tol=1e-9, abs_tol=1e-9):
            return True
        if not self.step:
            return False
        places = ours / self.step
        return any(
            math.isclose(near * self.step, self.number, rel_tol=1e-9, abs_tol=self.step * 1e-6)
            for near in (
                # A half goes either way: up, or to the even one.
                math.floor(places + 0.5 + 1e-6), math.ceil(places - 0.5 - 1e-6),
                math.floor(places + 1e-9),
            )
        )


def parse(given: object, unit: str) -> Value:
    """Numbers, durations (01:02:03, PT1M3.5S, 1 hour 2 minutes), shares in per cent, instants;
    what says that there is nothing has no number. Raises a ValueError that names the text."""
    text = "" if given is None else str(given).strip()
    if text.casefold() in NOTHING:
        return Value(None)
    if unit == "timestamp":
        return instant(text)
    if text.endswith("%"):
        value = parse(text[:-1], "number")
        # "-%" is no share at all.
        return value if value.number is None else Value(value.number / 100, value.step / 100)
    try:
        number = Decimal(text.replace(",", "") if THOUSANDS.fullmatch(text) else text)
    except InvalidOperation:
        return duration(text)
    if not math.isfinite(float(number)):
        raise ValueError(f"'{text}' is no number")
    return Value(float(number), 10.0 ** min(number.as_tuple().exponent, 0))


def duration(text: str) -> Value:
    """In seconds."""
    if (found := ISO_DURATION.fullmatch(text)) and any(found.groups()):
        parts = [float(part or 0) for part in found.groups()]
        seconds = parts[0] * 86400 + parts[1] * 3600 + parts[2] * 60 + parts[3]
        return Value(seconds, 0.001 if "." in text else 1.0)
    if found := CLOCK.fullmatch(text):
        days, first, second, third = found.groups()
        seconds = int(days or 0) * 86400
        if third is None:
            return Value(seconds + int(first) * 60 + int(second), 1.0)
        return Value(seconds + int(first) * 3600 + int(second) * 60 + float(third), 1.0)
    found = WORDS.findall(text)
    if found and not WORDS.sub("", text).strip(" ,"):
        sizes = [UNITS[unit.lower()] for _, unit in found]
        seconds = sum(float(number) * size for (number, _), size in zip(found, sizes, strict=True))
        return Value(seconds, float(min(sizes)))
    raise ValueError(f"'{text}' is neither a number nor a duration")


def instant(text: str) -> Value:
    """ISO 8601, or seconds since 1970; 0 is none. In seconds since 1970."""
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return Value(float(text) or None, 1.0)
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' is no time like 2026-03-02T08:00:00Z") from None
    if found.tzinfo:
        found = found.astimezone(datetime.UTC).replace(tzinfo=None)
    return Value((found - EPOCH).total_seconds(), 1e-6 if found.microsecond else 1.0)


def seconds_of(value: object) -> float | None:
    """Ours, comparable with a Value: instants in seconds since 1970."""
    if isinstance(value, datetime.datetime):
        return (value - EPOCH).total_seconds()
    return None if value is None else float(value)
