"""Drawings of figures, as SVG that takes its ink from the page: what is drawn in INK or GRID is
repainted by page.css, so that one drawing serves light, dark and paper.

Each function takes rows as {field: value} and gives a Vega-Lite specification (https://vega.github.io/
vega-lite/docs); `svg` draws it, without a browser and without a network.
"""

from __future__ import annotations

import datetime
import math
from typing import Any

import vl_convert

from .data import Period

Rows = list[dict[str, Any]]
Spec = dict[str, Any]

INK = "#20242b"
GRID = "#d9dde3"
# At least 3 to 1 against white and against the dark page.
COLOURS = [
    "#2f74c0", "#c4561c", "#1f8f5f", "#8f63bd", "#b8447a", "#80801f", "#2f8c96", "#86705f",
]
CONFIG = {
    "background": None,
    "font": "sans-serif",
    "view": {"stroke": None},
    "range": {"category": COLOURS},
    # Names in scripts that the machine has no font for are measured too short.
    "padding": {"left": 24, "right": 12, "top": 8, "bottom": 8},
    "axis": {
        "labelColor": INK, "gridColor": GRID, "domainColor": GRID, "tickColor": GRID,
        "labelFontSize": 12, "labelLimit": 230, "title": None,
    },
    "text": {"color": INK},
    "line": {"strokeWidth": 2},
}
WIDTH, HEIGHT = 760, 260
# As many dates as can be written below a picture; of more days only lone points are drawn.
MOST_DATES = 14
MOST_POINTS = 62
# Of a logarithmic scale, and how they are written.
SECONDS = [1, 5, 15, 60, 300, 900, 3600, 14400, 86400, 604800]
IN_WORDS = (
    "datum.value < 60 ? datum.value + ' s' : datum.value < 3600 ? datum.value / 60 + ' min' "
    ": datum.value / 3600 + ' h'"
)
# Of a long name both ends, as what tells it apart from another stands at its end.
BOTH_ENDS = (
    "length(datum.value) > 32 ? slice(datum.value, 0, 15) + '…' + slice(datum.value, -15) "
    ": datum.value"
)
DAY_FORMATS = {"en": "%-d %b", "zh": "%-m月%-d日"}
# Of more than a year the same date comes twice.
YEAR_FORMATS = {"en": "%-d %b %Y", "zh": "%Y年%-m月%-d日"}


def svg(spec: Spec) -> str:
    """The drawing. ValueError where the specification isn't one."""
    return vl_convert.vegalite_to_svg({"config": CONFIG, **spec})


def legend(spec: Spec) -> list[tuple[str, str]]:
    """What each colour stands for; the page writes it, with its own font. Empty for one colour."""
    kinds = spec["encoding"].get("color", {}).get("sort") or []
    if len(kinds) < 2:
        return []
    return list(zip(kinds, COLOURS, strict=False))


def of_rows(rows: Rows, mark: Any, height: int = HEIGHT, **encoding: Any) -> Spec:
    values = [
        {
            name: value.isoformat() if isinstance(value, datetime.date) else value
            for name, value in row.items()
        }
        for row in rows
    ]
    return {
        "data": {"values": values}, "mark": mark, "width": WIDTH, "height": height,
        "encoding": encoding,
    }


def day_axis(days: list[datetime.date], language: str) -> Spec:
    """A place for each day or week, also for those without rows."""
    shown = [one.isoformat() for one in days]
    is_long = bool(days) and (days[-1] - days[0]).days >= 365
    form = (YEAR_FORMATS if is_long else DAY_FORMATS)[language]
    most = MOST_DATES // 2 if is_long else MOST_DATES
    return {
        "field": "day", "type": "ordinal", "scale": {"domain": shown},
        "axis": {
            "values": shown[::math.ceil(len(shown) / most) or 1], "grid": False,
            "labelExpr": f"utcFormat(toDate(datum.value), '{form}')",
            "labelAngle": 0, "labelOverlap": True,
        },
    }


def days_of(rows: Rows, period: Period, step: int = 1) -> list[datetime.date]:
    """All days of the period, or with a step of 7 the Mondays of its weeks, whether they have rows
    or not. Of a period with more than can be seen, only from the first with rows to the last."""
    first, last = period.first, period.last
    if step == 7:
        first -= datetime.timedelta(first.weekday())
    if (last - first).days // step >= WIDTH:
        found = [row["day"] for row in rows]
        first, last = min(found, default=last), max(found, default=last)
    count = (last - first).days // step
    return [first + datetime.timedelta(step * number) for number in range(count + 1)]


def quantity(field: str, form: str = "", **more: Any) -> Spec:
    axis = {"format": form} if form else {}
    return {"field": field, "type": "quantitative", "axis": axis, **more}


def name(field: str, order: list[str], **more: Any) -> Spec:
    return {"field": field, "type": "nominal", "sort": order, **more}


def name_axis(field: str, order: list[str], **axis: Any) -> Spec:
    return name(field, order, axis={"labelExpr": BOTH_ENDS, **axis})


def colour(order: list[str]) -> Spec:
    return name("kind", order, legend=None, scale={"domain": order, "range": COLOURS})


def stacked_by_day(rows: Rows, order: list[str], language: str, period: Period) -> Spec:
    """Fields day, kind, value, which are counts: few are written one by one."""
    totals: dict[datetime.date, float] = {}
    for row in rows:
        totals[row["day"]] = totals.get(row["day"], 0) + (row["value"] or 0)
    most = max(int(max(totals.values(), default=0)), 1)
    axis = {"values": list(range(most + 1))} if most < 6 else {}
    # Bars of nothing stand on the ground, not in the middle.
    scale = {} if any(totals.values()) else {"domain": [0, most]}
    return of_rows(
        rows, "bar", x=day_axis(days_of(rows, period), language),
        y=quantity("value", stack="zero", scale=scale) | {"axis": {"format": "~s", **axis}},
        color=colour(order), order={"field": "position", "type": "quantitative"},
    )


def lines_by_day(
    rows: Rows, order: list[str], language: str, period: Period, form: str,
    scale: Spec | None = None, step: int = 1,
) -> Spec:
    """Fields day, kind, value: a line for each kind, that breaks where there is no value."""
    days = days_of(rows, period, step)
    spec = of_rows(
        with_gaps(rows, order, days), "line", x=day_axis(days, language),
        y=quantity("value", form, scale=scale or {}), color=colour(order),
    )
    spec["layer"] = [
        {"mark": spec.pop("mark")},
        {"mark": {"type": "point", "filled": True, "size": 18, "opacity": 1},
         "transform": [{"filter": "datum.is_point"}]},
    ]
    return spec


def with_gaps(rows: Rows, order: list[str], days: list[datetime.date]) -> Rows:
    """A row for each day and kind. `is_point`: drawn as a point; among many days only that which
    has no neighbour, for a line to itself can't be seen."""
    values = {(row["day"], row["kind"]): row["value"] for row in rows}
    filled = []
    for kind in order:
        line = [None, *(values.get((day, kind)) for day in days), None]
        for day, before, value, after in zip(days, line, line[1:], line[2:], strict=False):
            is_alone = before is None and after is None
            filled.append({
                "day": day, "kind": kind, "value": value,
                "is_point": value is not None and (len(days) <= MOST_POINTS or is_alone),
            })
    return filled


def grid(rows: Rows, across: list[str], down: list[str], is_marked: bool = False) -> Spec:
    """Fields across, down, value: the stronger the more. `is_marked`: with the value on it."""
    spec = of_rows(
        rows, {"type": "rect", "color": COLOURS[0]}, height=max(120, 24 * len(down)),
        x=name_axis("across", across, labelAngle=-45, labelOverlap=not is_marked),
        # Those without a value too, or a weekday could be missing.
        y=name_axis("down", down) | {"scale": {"domain": down}},
        opacity={
            "field": "value", "type": "quantitative", "legend": None,
            # What is written on a cell has to be read.
            "scale": {"domainMin": 0, "range": [0.04, 0.55 if is_marked else 1]},
        },
    )
    if is_marked:
        # Of slanted names the browser's font may be longer than what was measured.
        spec["padding"] = CONFIG["padding"] | {"bottom": 28}
        spec["layer"] = [
            {"mark": spec.pop("mark"), "encoding": {"opacity": spec["encoding"].pop("opacity")}},
            {"mark": "text", "encoding": {"text": {"field": "value", "type": "quantitative"}}},
        ]
    return spec


def ranges(rows: Rows, order: list[str], kinds: list[str]) -> Spec:
    """Fields name, kind, low, high (seconds above 0): a line from one to the other."""
    offset = {"yOffset": {"field": "kind", "sort": kinds}, "color": colour(kinds)}
    x = {"scale": {"type": "log"}, "axis": {"values": SECONDS, "labelExpr": IN_WORDS}}
    spec = of_rows(
        rows, "rule", height=max(120, 34 * len(order)), y=name_axis("name", order), **offset,
    )
    spec["layer"] = [
        {"mark": {"type": "rule", "strokeWidth": 4},
         "encoding": {"x": quantity("low") | x, "x2": {"field": "high"}}},
        {"mark": {"type": "point", "filled": True, "size": 70},
         "encoding": {"x": quantity("low") | x}},
        {"mark": {"type": "tick", "thickness": 3, "size": 14},
         "encoding": {"x": quantity("high") | x}},
    ]
    del spec["mark"]
    return spec


def bars(
    rows: Rows, order: list[str], kinds: list[str], form: str = "~s", scale: Spec | None = None
) -> Spec:
    """Fields name, kind, value: a bar for each name, of its kinds one after the other."""
    return of_rows(
        rows, "bar", height=max(120, 22 * len(order)),
        y=name_axis("name", order), x=quantity("value", form, scale=scale or {}),
        color=colour(kinds) if len(kinds) > 1 else {"value": COLOURS[0]},
        order={"field": "position", "type": "quantitative"},
    )
