"""Which figures the warehouse has, and what each is made of."""

from __future__ import annotations

import ast
import difflib
import operator
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from ..formulas import HIGHEST, columns_in, halves, is_total
from . import UsageError

# The rows (rows/) that a mart of days sums, and the macro of macros/indicators that sums them.
KINDS = {
    "session_analysis_daily": "sessions", "session_metrics_daily": "sessions",
    "agent_analysis_daily": "agent_days", "digital_metrics_daily": "digital",
    "contact_metrics_daily": "contacts", "queue_metrics_daily": "legs",
    "tag_metrics_daily": "tags", "agent_activity_daily": "hands",
}
TOTALS = {
    "sessions": "session_totals", "agent_days": "agent_totals", "digital": "digital_totals",
    "contacts": "contact_totals", "legs": "queue_totals",
}
# A mart with further dimensions of the same figures.
FINER = {"session_analysis_daily": "session_metrics_daily"}
DIMENSIONS = ("agent_id", "skill_id", "channel_id")
# The id where none is told; None is: of all.
NOBODY = ""
# Under which name a mart has a dimension, where it isn't the dimension's own.
NAMED = {("session_metrics_daily", "skill_id"): "first_skill_id"}
# Distinct counts: no sum of them is one.
DISTINCT = {"customer_count", "tagged_session_count"}
# Units of what tells a mart's rows apart.
NO_FIGURES = {"text", "date"}
# A mart whose rows are of things that aren't added up; a figure of each is a figure of its own.
KINDS_OF_ROWS = "kind"
OPERATIONS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}


@dataclass(frozen=True)
class Figure:
    """`formula`: in columns of the totals; of a count or a sum the column itself."""

    id: str
    name: str
    relation: str
    formula: str
    unit: str
    # Only the mart's rows of this kind, where it has several (of surveys).
    row_kind: str = ""
    # Where the mart has it.
    column: str = ""

    @property
    def kind(self) -> str:
        """Of the rows that it is made of; empty where they aren't known here."""
        return KINDS.get(self.relation, "")

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(columns_in(self.formula))

    @property
    def above(self) -> tuple[str, ...]:
        """The columns above the line; none of what is no ratio."""
        quotient = halves(self.formula)
        return tuple(columns_in(quotient[0])) if quotient else ()


class Figures:
    """The catalogue's figures of days, by id; any other column of a mart as RELATION.COLUMN."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.columns: dict[str, list[str]] = {}
        for relation, column in connection.execute(
            "select table_name, column_name from information_schema.columns"
            " where table_schema = 'marts' order by table_name, ordinal_position"
        ).fetchall():
            self.columns.setdefault(relation, []).append(column)
        self.units = {
            (relation, column): unit for relation, column, unit in connection.execute(
                "select relation, column_name, unit from marts.column_catalog"
            ).fetchall()
        }
        self.known: dict[str, Figure] = {}
        for row in connection.execute(
            "select id, name_en, relation, column_name, formula, unit from marts.metric_catalog"
        ).fetchall():
            for figure in self.of_indicator(*row):
                self.known[figure.id] = figure

    def of_indicator(
        self, id: str, name: str, relation: str, column: str, formula: str, unit: str
    ) -> list[Figure]:
        """One, or one for each level of an indicator that is a range of columns: S5.1 to S5.5."""
        if "date_day" not in self.columns.get(relation, []):
            return []
        first, is_range, last = column.partition("..")
        if not is_range:
            figure = Figure(
                id, name, relation, self.computed(relation, column, formula), unit, column=column
            )
            if KINDS_OF_ROWS not in self.columns[relation]:
                return [figure]
            return [
                replace(figure, id=f"{id}.{kind}", name=f"{name}, {kind}", row_kind=kind)
                for kind in self.kinds_of(relation)
            ]
        levels = [int(re.sub(r"\D", "", name)) for name in (first, last)]
        numerator, denominator = formula.partition("..")[0], formula.partition(" / ")[2]
        return [
            Figure(
                f"{id}.{level}", f"{name}, {level}", relation,
                f"{numerator.replace(str(levels[0]), str(level))} / {denominator}", unit,
                column=first.replace(str(levels[0]), str(level)),
            )
            for level in range(levels[0], levels[1] + 1)
        ]

    def kinds_of(self, relation: str) -> list[str]:
        rows = self.connection.execute(
            f"select distinct {KINDS_OF_ROWS} from marts.{relation}"
            f" where {KINDS_OF_ROWS} is not null order by all"
        ).fetchall()
        return [kind for (kind,) in rows]

    def computed(self, relation: str, column: str, formula: str) -> str:
        """A ratio's own formula, where the catalogue gives it in columns; else the column."""
        formula = formula.replace(" x ", " * ")
        is_known = all(name in self.columns[relation] for name in columns_in(formula))
        return formula if "/" in formula and is_known and is_computable(formula) else column

    def find(self, id: str) -> Figure:
        """Raises a UsageError that names near ids where there is no such figure."""
        if id in self.known:
            return self.known[id]
        relation, _, column = id.partition(".")
        if relation.endswith("_daily") and column in self.columns.get(relation, []):
            unit = self.units.get((relation, column)) or "count"
            if unit in NO_FIGURES:
                raise UsageError(f"'{id}' is no figure: its unit is {unit}")
            return Figure(id, column, relation, column, unit, column=column)
        raise UsageError(f"there is no figure '{id}'{self.near(id)}")

    def near(self, id: str) -> str:
        spellings = {known.casefold(): known for known in self.known}
        spellings |= {figure.name.casefold(): figure.id for figure in self.known.values()}
        spellings |= {figure.formula.casefold(): figure.id for figure in self.known.values()}
        levels = [known for known in self.known if known.startswith(f"{id}.")]
        close = difflib.get_close_matches(id.casefold(), spellings, cutoff=0.5)
        found = levels or list(dict.fromkeys(spellings[spelling] for spelling in close))
        if not found:
            return "; marts.metric_catalog has them all"
        named = (f"{near} ({self.known[near].name})" for near in found)
        return f"; did you mean {' or '.join(named)}?"

    def mart_of(self, figure: Figure, dimensions: tuple[str, ...]) -> str | None:
        """The mart of days that has the figure by these dimensions; None where none has."""
        for relation in (figure.relation, FINER.get(figure.relation, "")):
            columns = self.columns.get(relation, [])
            if columns and all(
                column_of(relation, dimension) in columns for dimension in dimensions
            ):
                return relation
        return None


def column_of(relation: str, dimension: str) -> str:
    return NAMED.get((relation, dimension), dimension)


def is_summed(column: str) -> bool:
    """Whether several rows of a mart have a total of it."""
    return column not in DISTINCT and (is_total(column) or column.endswith("_at"))


def total_of(column: str, above: Iterable[str] = ()) -> str:
    """How a column of a mart's rows becomes one of several rows together. `above`: what stands
    above the line of a ratio. What stands below it is counted also where a feed doesn't measure
    that, and such rows are in neither."""
    known = " and ".join(f"{name} is not null" for name in above)
    known = f" filter (where {known})" if known else ""
    if column.startswith((*HIGHEST, "last_")):
        return f"max({column}){known}"
    if column.startswith("first_") and column.endswith("_at"):
        return f"min({column}){known}"
    if column.endswith("_count"):
        return f"cast(sum({column}){known} as bigint)"
    return f"sum({column}){known}"


def value_of(formula: str, totals: Mapping[str, Any]) -> Any:
    """A figure from its totals; None where it isn't measured or its denominator is 0."""
    return evaluate(ast.parse(formula, mode="eval").body, totals)


def is_computable(formula: str) -> bool:
    try:
        value_of(formula, dict.fromkeys(columns_in(formula), 1))
    except (SyntaxError, ValueError):
        return False
    return True


def evaluate(node: ast.expr, totals: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return totals.get(node.id)
    if isinstance(node, ast.Constant):
        return node.value
    if not isinstance(node, ast.BinOp) or type(node.op) not in OPERATIONS:
        raise ValueError(f"'{ast.unparse(node)}' is more than a calculation")
    left, right = evaluate(node.left, totals), evaluate(node.right, totals)
    if left is None or right is None:
        return None
    if isinstance(node.op, ast.Div) and not right:
        return None
    return OPERATIONS[type(node.op)](left, right)
