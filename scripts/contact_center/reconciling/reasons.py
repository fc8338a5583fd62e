"""Why a vendor's figure may differ from ours: one file of reasons/ for each.

A file begins with what it is:

    -- says: what the vendor does otherwise, for people
    -- of: the kinds of rows that it changes (rows/)
    -- figures: only these, by their ids; else all of those rows
    -- about: its subject; of one subject no two are tried together
    -- needs: zone        where it can't be tried without an option
    -- formula: ID = columns of the totals, where it computes a figure otherwise

and holds the rows as the vendor counts them, made of `counted`, ours. A row whose day may be
another has NULL as date_day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("reasons")
# Subjects in the order in which they are tried; what is likelier stands first.
SUBJECTS = (
    "day", "zone", "transfers", "reopenings", "bots", "messages", "population", "channel",
    "direction", "duration", "mean", "clock", "denominator", "queue", "legs", "abandonment",
    "handling", "presence",
)
HEADER = re.compile(r"-- (says|of|figures|about|needs|formula): (.+)")


@dataclass(frozen=True)
class Reason:
    name: str
    says: str
    about: str
    kinds: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    needs: str = ""
    formulas: dict[str, str] = field(default_factory=dict, hash=False)
    sql: str = ""

    def is_about(self, figure_id: str, kind: str) -> bool:
        """Whether it can move the figure, made of rows of that kind."""
        if self.formulas:
            return figure_id in self.formulas
        return kind in self.kinds and (not self.figures or figure_id in self.figures)


@cache
def known() -> tuple[Reason, ...]:
    """All of them, in the order in which they are tried."""
    found = [read(path) for path in sorted(FOLDER.glob("*.sql"))]
    return tuple(sorted(found, key=lambda reason: SUBJECTS.index(reason.about)))


def read(path: Path) -> Reason:
    given: dict[str, str] = {}
    formulas: dict[str, str] = {}
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        header = HEADER.fullmatch(line)
        if header is None:
            body = "\n".join(lines[number:])
            break
        if header[1] == "formula":
            figure_id, _, formula = header[2].partition(" = ")
            formulas[figure_id] = formula
        else:
            given[header[1]] = header[2]
    else:
        body = ""
    return Reason(
        path.stem, given["says"], given["about"], names(given.get("of", "")),
        names(given.get("figures", "")), given.get("needs", ""), formulas, body,
    )


def names(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())
