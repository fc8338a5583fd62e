"""Whole microseconds and fractions, and rows that share their dimensions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from reference.contract import Record

MICROSECOND = timedelta(microseconds=1)


def micros(start: datetime, end: datetime) -> int:
    return (end - start) // MICROSECOND


def seconds(duration: int | Fraction | None) -> float | None:
    return None if duration is None else float(Fraction(duration) / 1_000_000)


def ratio(numerator: int | Fraction | None, denominator: int | None) -> Fraction | None:
    if numerator is None or not denominator:
        return None
    return Fraction(numerator) / denominator


def as_number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def total(values: Iterable[int | Fraction | None]) -> int | Fraction:
    return sum(value for value in values if value is not None)


def mean(durations: list[int]) -> Fraction | None:
    return Fraction(sum(durations), len(durations)) if durations else None


def blank_unless(is_measured: bool, figures: Record) -> Record:
    """Figures of a table that was never delivered are unknown, not zero."""
    return figures if is_measured else dict.fromkeys(figures)

def grouped(members: Iterable[Any], dimensions: Callable[[Any], Record]) -> list[tuple]:
    """Members that share their dimensions, as (dimensions, members)."""
    groups: dict[tuple, list[Any]] = defaultdict(list)
    for member in members:
        groups[tuple(dimensions(member).items())].append(member)
    return [(dict(key), groups[key]) for key in sorted(groups, key=str)]
