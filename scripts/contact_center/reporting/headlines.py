"""The figures at the head of the report, each with the period before, if the data have it whole."""

from __future__ import annotations

from dataclasses import dataclass

from .business import SIBLINGS
from .data import Data, Figure

IDS = ("S1", "Q6", "Q7", "Q8", "S8", "H1", "O4", "A26")


@dataclass(frozen=True)
class Headline:
    """`above` and `below` the line of a quotient. None: not measured. `in_hours`: what the switch
    to business hours shows instead."""

    figure: Figure
    value: float | None
    above: float | None
    below: float | None
    before: float | None
    in_hours: Headline | None = None

    @property
    def change(self) -> float | None:
        """Of a share the difference, of all else the part of the value before."""
        if self.value is None or self.before is None:
            return None
        difference = self.value - self.before
        if self.figure.unit == "ratio":
            return difference
        return difference / self.before if self.before else None

    @property
    def verdict(self) -> str:
        """better, worse, or neutral where more is neither."""
        if not self.change or self.figure.better == "neutral":
            return "neutral"
        return "better" if (self.change > 0) == (self.figure.better == "up") else "worse"


def headlines(data: Data) -> list[Headline]:
    compared = not data.begins_too_late()
    return [
        headline(data, id, compared, SIBLINGS.get(id) if data.has_hours else None) for id in IDS
    ]


def headline(data: Data, id: str, compared: bool, sibling: str | None = None) -> Headline:
    value, above, below = data.parts(id)
    before = data.parts(id, data.period.before)[0] if compared else None
    in_hours = headline(data, sibling, compared) if sibling else None
    return Headline(data.figures[id], value, above, below, before, in_hours)
