"""The daily marts as their YAML documents them, without dbt and without a warehouse: which columns
are dimensions, which add up, and of which two sums each rate is the quotient."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .. import ROOT
from ..formulas import ADDITIVE, HIGHEST, halves, is_total

INDICATORS = ROOT / "models" / "marts" / "indicators"
# Marts whose rows must not be added up over a dimension that a tool would drop: a contact stands
# once for each of its tags, a duration once at each of its upper bounds.
LEFT_OUT = {"digital_metrics_by_tag_daily", "duration_histogram_daily"}
# Marts of quarter hours, for pictures of the week.
INTERVALS = ("queue_metrics_interval",)
# One formula of several rates, a column each: score_1_session_count..score_5_session_count / all.
LEVELS = re.compile(r"^(\w+)\.\.\w+ / ")
DOC = re.compile(r"{{ *doc\('(\w+)'\) *}}")
BLOCK = re.compile(r"{% docs (\w+) %}(.*?){% enddocs %}", re.DOTALL)


class CatalogueError(Exception):
    """The YAML doesn't say what is needed to add up a column; the message says where."""


@dataclass(frozen=True)
class Column:
    """`over_rows`: how several rows become one figure: sum, max, last_day, quotient, never; None of
    a dimension. `above` and `below`: a quotient's halves, in names of columns of the same row.
    `is_below_where_known`: what stands below the line is there also where a feed doesn't measure
    what stands above it, so that such rows must be left out (below_where_known in the YAML)."""

    name: str
    data_type: str
    label: str
    unit: str
    description: str
    formula: str | None
    id: str | None
    over_rows: str | None
    above: str | None = None
    below: str | None = None
    is_below_where_known: bool = False

    @property
    def is_figure(self) -> bool:
        return self.over_rows not in (None, "never")

    @property
    def is_total(self) -> bool:
        return self.over_rows in ("sum", "max", "last_day")


@dataclass(frozen=True)
class Mart:
    name: str
    description: str
    grain: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def dimensions(self) -> list[Column]:
        return [column for column in self.columns if column.over_rows is None]

    @property
    def figures(self) -> list[Column]:
        return [column for column in self.columns if column.is_figure]

    @property
    def totals(self) -> list[Column]:
        return [column for column in self.columns if column.is_total]

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise CatalogueError(f"{self.name} has no column {name}")


@cache
def read_marts() -> dict[str, Mart]:
    """By name, in order of names. Raises CatalogueError."""
    return {mart.name: mart for mart in sorted(_marts(), key=lambda mart: mart.name)}


def _marts() -> Iterator[Mart]:
    for path in sorted(INDICATORS.glob("*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            name = model["name"]
            if name in INTERVALS or name.endswith("_daily") and name not in LEFT_OUT:
                yield _mart(model)


def _mart(model: dict[str, Any]) -> Mart:
    [grain] = [
        tuple(test["columns_hold"]["arguments"]["grain"])
        for test in model["data_tests"] if "columns_hold" in test
    ]
    columns = tuple(_column(model["name"], column, grain) for column in model["columns"])
    return Mart(model["name"], text_of(model["description"]), grain, columns)


def _column(mart: str, column: dict[str, Any], grain: tuple[str, ...]) -> Column:
    name, meta = column["name"], column["config"]["meta"]
    above = below = over_rows = None
    if name not in grain:
        quotient = halves(_of_own_level(name, str(meta.get("formula", ""))))
        if quotient:
            over_rows = "quotient"
            above, below = quotient
        else:
            over_rows = meta.get("over_rows") or _by_name(mart, name, meta["unit"])
    return Column(
        name, column["data_type"], meta["label_en"], meta["unit"], text_of(column["description"]),
        meta.get("formula"), meta.get("id"), over_rows, above, below,
        meta.get("below_where_known", False),
    )


def _of_own_level(name: str, formula: str) -> str:
    levels = LEVELS.match(formula)
    if not levels:
        return formula
    [level] = re.findall(r"\d", name)
    return re.sub(r"\d", level, levels[1]) + " / " + formula[levels.end():]


def _by_name(mart: str, name: str, unit: str) -> str | None:
    if unit == "timestamp":
        return "never"
    if unit in ("text", "date", "number") and not name.endswith(ADDITIVE):
        return None
    if not is_total(name):
        raise CatalogueError(
            f"{mart}.{name}: its YAML doesn't say how several rows become one figure. Give it a "
            "formula of two sums (a / b), or over_rows: never"
        )
    return "max" if name.startswith(HIGHEST) else "sum"


def text_of(description: str) -> str:
    """With what its {{ doc() }} stands for."""
    return DOC.sub(lambda match: _docs()[match[1]], description).strip()


@cache
def _docs() -> dict[str, str]:
    return {
        name: text.strip()
        for path in sorted((ROOT / "models").rglob("*.md"))
        for name, text in BLOCK.findall(Path(path).read_text(encoding="utf-8"))
    }
