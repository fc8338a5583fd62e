"""Compares, and looks for why: each known reason by itself, then two together."""

from __future__ import annotations

import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from ..formulas import halves
from . import UsageError, reasons
from .figures import DIMENSIONS, Figure, value_of
from .marks import marks_of
from .published import Published
from .readers import Row
from .rows import Combination, Key, Rows, Totals
from .values import Value, seconds_of

EQUAL, EXPLAINED, UNEXPLAINED = "equal", "explained", "unexplained"
NOT_MEASURED = "this warehouse doesn't measure it: its tables are absent (marts.feed_quality)"
ZERO_FOR_NOTHING = "the vendor writes 0 where there is nothing to measure"


@dataclass(frozen=True)
class Part:
    """What a session adds to a figure's numerator and denominator, as each counts it."""

    session_id: str
    ours: tuple[float | None, float | None]
    theirs: tuple[float | None, float | None] | None
    marks: tuple[str, ...]


@dataclass
class Comparison:
    row: Row
    figure: Figure
    key: Key
    vendor: Value
    ours: float | None
    halves: tuple[float | None, float | None]
    verdict: str = UNEXPLAINED
    names: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    # How many rows of the figure the reasons make equal, and how many there are.
    support: tuple[int, int] = (0, 0)
    # Other reasons that fit as many rows and are as few: which of them it is, can't be told.
    also: list[tuple[str, ...]] = field(default_factory=list)
    sessions: list[Part] = field(default_factory=list)
    # What comes nearest, where nothing explains it: reasons, and what is left.
    nearest: tuple[tuple[str, ...], float] | None = None

    @property
    def difference(self) -> float | None:
        if self.vendor.number is None or self.ours is None:
            return None
        return self.vendor.number - self.ours


class Explainer:
    """Of one warehouse and one range of days."""

    def __init__(
        self, published: Published, days: tuple[datetime.date, datetime.date], zone: str | None
    ) -> None:
        self.published = published
        self.days = days
        self.zone = zone
        # What is ours alone: figures of agents, skills or channels that the vendor doesn't list.
        self.alone: list[tuple[Figure, Key, float]] = []
        self.known_in_part = cache(published.known_in_part)
        self.rows = Rows(
            published.connection, published.companies, days, zone, published.settings()
        )

    def compare(self, given: list[tuple[Row, Figure, Key, Value]]) -> list[Comparison]:
        """In the order given."""
        groups: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
        for number, (_, figure, key, _) in enumerate(given):
            dimensions = tuple(
                name for name, id in zip(DIMENSIONS, key[1:], strict=True) if id is not None
            )
            groups[figure.id, dimensions].append(number)
        found: dict[int, Comparison] = {}
        for (_, dimensions), numbers in groups.items():
            compared = self.of_group(dimensions, [given[number] for number in numbers])
            found |= dict(zip(numbers, compared, strict=True))
        return [found[number] for number in range(len(given))]

    def of_group(
        self, dimensions: tuple[str, ...], given: list[tuple[Row, Figure, Key, Value]]
    ) -> list[Comparison]:
        """Of one figure by the same dimensions: a reason is to fit as many rows as it can."""
        figure = given[0][1]
        totals = self.published.totals(figure, dimensions, self.days)
        kind = figure.kind
        if kind:
            self.rows.prepare(kind)
            if not set(dimensions) <= set(self.rows.dimensions[kind]):
                kind = ""
        if totals is None and not kind:
            words = " and ".join(name.removesuffix("_id") for name in dimensions)
            why = f"isn't kept by {words}" if words else "has no total of several rows"
            raise UsageError(f"{figure.id} ({figure.name}) {why}")
        above = self.known_in_part(figure)
        counted = self.rows.totals(kind, dimensions, (), above) if kind else {}
        if totals is None:
            totals = counted
        compared = [
            judged(Comparison(
                row, figure, key, vendor, figure_of(figure, figure.formula, totals.get(key)),
                halves_of(figure.formula, totals.get(key) or {}),
            ), totals.get(key))
            for row, figure, key, vendor in given
        ]
        if dimensions:
            self.alone += alone(figure, totals, {one.key for one in compared})
        same = all(
            nearly(figure_of(figure, figure.formula, totals.get(one.key)),
                   figure_of(figure, figure.formula, counted.get(one.key)))
            for one in compared
        )
        if kind and same:
            self.explain(figure, kind, dimensions, compared)
        return compared

    def explain(
        self, figure: Figure, kind: str, dimensions: tuple[str, ...], compared: list[Comparison]
    ) -> None:
        different = [one for one in compared if one.verdict == UNEXPLAINED]
        if not different:
            return
        singles = [
            (reason,) for reason in reasons.known()
            if reason.is_about(figure.id, kind) and (not reason.needs or self.zone)
        ]
        found = self.fitting(figure, kind, dimensions, singles, compared)
        if not self.fits_all(found, figure, kind, dimensions, compared):
            moving = [
                reason for (reason,) in singles
                if reason.formulas
                or self.rows.changes(kind, dimensions, reason) & columns_with(figure, singles)
            ]
            pairs = [
                (one, other) for one, other in itertools.combinations(moving, 2)
                if one.about != other.about
            ]
            more = self.fitting(figure, kind, dimensions, pairs, compared)
            for one in different:
                found[id(one)] += more[id(one)]
        support = self.support(found, figure, kind, dimensions, compared)
        order = {reason: number for number, reason in enumerate(reasons.known())}
        for one in different:
            fitting = [combination for combination in found[id(one)] if combination in support]
            if fitting:
                best, *others = sorted(fitting, key=lambda combination: (
                    -support[combination], len(combination),
                    [order[reason] for reason in combination],
                ))
                one.verdict, one.support = EXPLAINED, (support[best], len(compared))
                one.names = names_of(best)
                one.also = [
                    names_of(other) for other in others
                    if (support[other], len(other)) == (support[best], len(best))
                ]
                one.says = tuple(
                    reason.says.replace("{zone}", self.zone or "") for reason in best
                )
                one.sessions = self.moved(figure, kind, one.key, best)
            else:
                one.nearest = self.nearest(figure, kind, dimensions, singles, one)
                one.sessions = self.all_of(figure, kind, one.key)

    def fits_all(
        self, found: dict[int, list[Combination]], figure: Figure, kind: str,
        dimensions: tuple[str, ...], compared: list[Comparison],
    ) -> bool:
        """Whether one of them makes every row equal."""
        return len(compared) in self.support(
            found, figure, kind, dimensions, compared
        ).values()

    def support(
        self, found: dict[int, list[Combination]], figure: Figure, kind: str,
        dimensions: tuple[str, ...], compared: list[Comparison],
    ) -> dict[Combination, int]:
        """How many rows each makes equal. What the vendor does it does on every day, so one that
        makes no more rows equal than no reason does is none; of two reasons, which fit something
        by chance sooner, it must be half of the rows."""
        equal = sum(row.verdict == EQUAL for row in compared)
        fits = {
            combination: sum(
                self.fits(combination, figure, kind, dimensions, row) for row in compared
            )
            for combination in set(itertools.chain.from_iterable(found.values()))
        }
        return {
            combination: count for combination, count in fits.items()
            if count > equal and (len(combination) == 1 or 2 * count >= len(compared))
        }

    def fitting(
        self, figure: Figure, kind: str, dimensions: tuple[str, ...],
        combinations: list[Combination], compared: list[Comparison],
    ) -> dict[int, list[Combination]]:
        """For each comparison the combinations of reasons that make it equal."""
        return {
            id(one): [
                combination for combination in combinations
                if one.verdict == UNEXPLAINED
                and self.fits(combination, figure, kind, dimensions, one)
            ]
            for one in compared
        }

    def fits(
        self, combination: Combination, figure: Figure, kind: str, dimensions: tuple[str, ...],
        one: Comparison,
    ) -> bool:
        theirs = self.counted(figure, kind, dimensions, combination, one.key)
        return one.vendor.equals(theirs) or (one.vendor.number == 0 and theirs is None)

    def counted(
        self, figure: Figure, kind: str, dimensions: tuple[str, ...], combination: Combination,
        key: Key,
    ) -> float | None:
        """The figure as it is for these reasons."""
        above = self.known_in_part(figure)
        totals = self.rows.totals(kind, dimensions, rows_of(combination), above).get(key)
        return figure_of(figure, formula_of(figure, combination), totals)

    def nearest(
        self, figure: Figure, kind: str, dimensions: tuple[str, ...], singles: list[Combination],
        one: Comparison,
    ) -> tuple[tuple[str, ...], float] | None:
        best = None
        for combination in singles:
            theirs = self.counted(figure, kind, dimensions, combination, one.key)
            if theirs is None or one.difference is None:
                continue
            left = one.vendor.number - theirs
            if abs(left) < abs(best[1] if best else one.difference) - 1e-9:
                best = (names_of(combination), left)
        return best

    def moved(
        self, figure: Figure, kind: str, key: Key, combination: Combination
    ) -> list[Part]:
        """The sessions that count otherwise for these reasons."""
        above = self.known_in_part(figure)
        ours = self.rows.of_sessions(kind, key, (), above)
        theirs = self.rows.of_sessions(kind, key, rows_of(combination), above)
        formula = formula_of(figure, combination)
        parts = {}
        for session_id in sorted(ours.keys() | theirs.keys()):
            one = halves_of(figure.formula, ours.get(session_id, {}))
            other = halves_of(formula, theirs.get(session_id, {}))
            if not (nearly(one[0], other[0]) and nearly(one[1], other[1])):
                parts[session_id] = (one, other)
        known = self.rows.sessions(parts)
        return [
            Part(session_id, one, other, marks_of(known[session_id]))
            for session_id, (one, other) in parts.items()
        ]

    def all_of(self, figure: Figure, kind: str, key: Key) -> list[Part]:
        """The sessions that make our figure; what is special about one stands first."""
        parts = {
            session_id: halves_of(figure.formula, totals)
            for session_id, totals in self.rows.of_sessions(
                kind, key, (), self.known_in_part(figure)
            ).items()
        }
        known = self.rows.sessions(parts)
        found = [
            Part(session_id, part, None, marks_of(known[session_id]))
            for session_id, part in parts.items() if any(part)
        ]
        return sorted(found, key=lambda part: (-len(part.marks), part.session_id))


def names_of(combination: Combination) -> tuple[str, ...]:
    return tuple(reason.name for reason in combination)


def alone(
    figure: Figure, totals: dict[Key, Totals], given: set[Key]
) -> Iterator[tuple[Figure, Key, float]]:
    """What there is on the vendor's days that isn't given."""
    days = {key[0] for key in given}
    for key in sorted(totals.keys() - given, key=str):
        value = figure_of(figure, figure.formula, totals[key])
        if key[0] in days and value and any(key[1:]):
            yield figure, key, value


def judged(one: Comparison, totals: Totals | None) -> Comparison:
    """With what needs no reason of a vendor's."""
    if one.vendor.equals(one.ours) or (one.ours == 0 and one.vendor.number is None):
        one.verdict = EQUAL
    elif one.ours is None and totals and one.halves[0] is None:
        one.verdict, one.says, one.names = EXPLAINED, (NOT_MEASURED,), ("not_measured",)
    elif one.ours is None and one.vendor.number == 0:
        one.verdict, one.says, one.names = EXPLAINED, (ZERO_FOR_NOTHING,), ("zero_for_nothing",)
    return one


def figure_of(figure: Figure, formula: str, totals: Totals | None) -> float | None:
    """A count or a sum of which there is no row is 0."""
    if totals is None and "/" not in formula and figure.unit != "timestamp":
        return 0.0
    return seconds_of(value_of(formula, totals or {}))


def halves_of(formula: str, totals: Totals) -> tuple[float | None, float | None]:
    numerator, denominator = halves(formula) or (formula, "")
    return (
        seconds_of(value_of(numerator, totals)),
        seconds_of(value_of(denominator, totals)) if denominator else None,
    )


def formula_of(figure: Figure, combination: Combination) -> str:
    for reason in combination:
        if figure.id in reason.formulas:
            return reason.formulas[figure.id]
    return figure.formula


def rows_of(combination: Combination) -> Combination:
    """Without those that leave the rows as they are, so that totals are computed once."""
    return tuple(reason for reason in combination if reason.sql)


def columns_with(figure: Figure, singles: list[Combination]) -> set[str]:
    """Those of the figure, and of its other formulas."""
    found = set(figure.columns)
    for (reason,) in singles:
        if figure.id in reason.formulas:
            text = reason.formulas[figure.id]
            found |= set(Figure(figure.id, "", "", text, "").columns)
    return found


def nearly(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return (one or 0) == (other or 0)
    return abs(one - other) <= 1e-6 * max(1.0, abs(one))
