"""Kinds of surveys and their scales."""

from __future__ import annotations

from reference.contract import Row

SCALES = {"csat": (1, 5), "nps": (0, 10), "ces": (1, 7)}


def kind_of(row: Row) -> str:
    return row["kind"] or "csat"


def scale_of(row: Row) -> tuple[int, int]:
    """What the row says; where it says nothing, the usual one of its kind."""
    lowest, highest = SCALES[kind_of(row)]
    if row["scale_min"] is not None:
        lowest = row["scale_min"]
    if row["scale_max"] is not None:
        highest = row["scale_max"]
    return lowest, highest
