"""The drawings of ./scripts/report, by themselves."""

from __future__ import annotations

import datetime
import re

import pytest

from contact_center.reporting import pictures
from contact_center.reporting.data import Period
from contact_center.reporting.parts import by_day_and_kind
from contact_center.reporting.words import Words

DAY = datetime.date(2026, 3, 2)
ONE = Period(DAY, DAY)


@pytest.mark.parametrize(("days", "points"), [(10, 4), (100, 1)])
def test_a_line_breaks_where_there_is_no_figure(days: int, points: int) -> None:
    """Values from the second day to the fourth, NULL on the fifth, no row on the sixth, and one
    value more on the seventh: it alone is a point where there are many days."""
    period = Period(DAY, DAY + datetime.timedelta(days - 1))
    rows = [
        {"day": DAY + datetime.timedelta(day), "kind": "a", "value": value}
        for day, value in ((1, 0.2), (2, 0.3), (3, 0.4), (4, None), (6, 0.5))
    ]
    svg = pictures.svg(pictures.lines_by_day(rows, ["a"], "en", period, ".0%"))
    [line] = re.findall('aria-roledescription="line mark" d="([^"]+)"', svg)
    assert (line.count("M"), line.count("L")) == (2, 2)
    assert svg.count('aria-roledescription="point"') == points


@pytest.mark.parametrize(("first", "step", "shown"), [
    ("2026-02-25", 1, ("2026-02-25", "2026-03-09", 13)),
    ("2026-02-25", 7, ("2026-02-23", "2026-03-09", 3)),
    ("0001-01-01", 1, ("2026-03-02", "2026-03-02", 1)),
])
def test_the_axis_is_the_chosen_range(first: str, step: int, shown: tuple) -> None:
    """Of one that is wider than can be seen, that which has rows."""
    period = Period(datetime.date.fromisoformat(first), datetime.date(2026, 3, 9))
    days = pictures.days_of([{"day": DAY}], period, step)
    assert (str(days[0]), str(days[-1]), len(days)) == shown


def test_nothing_stands_on_the_ground() -> None:
    rows = [{"day": DAY, "kind": "a", "value": 0, "position": 0}]
    assert pictures.stacked_by_day(rows, ["a"], "en", ONE)["encoding"]["y"]["scale"] == {
        "domain": [0, 1]
    }


def test_a_channel_called_other_is_not_the_others() -> None:
    rows = [(DAY, name, 9) for name in ("Other", "a", "b", "c", "d", "e", "f")]
    drawn, order = by_day_and_kind([*rows, (DAY, "g", 1), (DAY, "h", 1)], Words("en"))
    assert order[-1] == "other (2)" and len(order) == 8
    assert {row["kind"]: row["value"] for row in drawn}[order[-1]] == 2


def test_dates_of_several_years_say_which() -> None:
    for days, form in ((365, "%-d %b'"), (366, "%-d %b %Y'")):
        axis = pictures.day_axis(
            [DAY + datetime.timedelta(day) for day in range(days)], "en"
        )["axis"]
        assert form in axis["labelExpr"]


def test_a_weekday_without_arrivals_has_its_place() -> None:
    days = ["Mon", "Tue", "Wed"]
    rows = [{"across": "08:00", "down": day, "value": 1} for day in ("Mon", "Wed")]
    svg = pictures.svg(pictures.grid(rows, ["08:00"], days))
    assert [day for day in days if f">{day}</text>" in svg] == days


def test_one_day_is_seen() -> None:
    """An area of one day has no width."""
    rows = [{"day": DAY, "kind": "a", "value": 1, "position": 0}]
    assert pictures.stacked_by_day(rows, ["a"], "en", ONE)["mark"] == "bar"
