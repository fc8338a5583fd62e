"""Under which names MetricFlow knows the marts' figures: there they are one list, of all marts."""

from __future__ import annotations

from collections import Counter
from functools import cache

from .catalogue import INTERVALS, Column, Mart, read_marts
from .words import label


def family(mart: Mart) -> str:
    """What a mart's own dimensions are asked by: queue_metrics__direction."""
    return mart.name.removesuffix("_daily")


def metric_name(mart: Mart, column: Column) -> str:
    """The column's name; with that of its family before it where several marts have one."""
    return f"{_prefix(mart, _columns()[column.name])}{column.name}"


def metric_label(mart: Mart, column: Column) -> str:
    text = label(column)
    if mart.name in INTERVALS:
        return f"{text}, by quarter hour"
    return text if _labels()[text] == 1 else f"{text}, {family(mart).replace('_', ' ')}"


def _prefix(mart: Mart, found: int) -> str:
    if mart.name in INTERVALS:
        return "interval_"
    return "" if found == 1 else f"{family(mart)}_"


def _daily_figures() -> list[Column]:
    return [
        column for mart in read_marts().values() if mart.name not in INTERVALS
        for column in mart.figures
    ]


@cache
def _columns() -> Counter[str]:
    return Counter(column.name for column in _daily_figures())


@cache
def _labels() -> Counter[str]:
    return Counter(label(column) for column in _daily_figures())
