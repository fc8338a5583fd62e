"""What names and formulas of the catalogue say of columns: which add up, how, and that most others
are the quotient of two sums."""

from __future__ import annotations

import re

# Endings of what can be added up, and beginnings of what is the highest of its rows instead;
# macros/counts.sql (sums_of_totals) has them for the marts.
ADDITIVE = ("_count", "_seconds", "_concurrency", "_total")
HIGHEST = ("longest_", "max_", "oldest_")
# Beginnings of names that end like sums and are percentiles or limits.
LIMITS = ("p50_", "p75_", "p90_", "p95_", "p99_", "upper_", "target_")
COLUMN = re.compile(r"\b[a-z][a-z0-9_]*\b")
QUOTIENT = re.compile(r"^([a-z0-9_() +*-]+) / ([a-z0-9_() +*-]+)$")


def is_total(column: str) -> bool:
    """Whether a column of several rows has one value for all of them: their sum, or the highest."""
    return column.endswith(ADDITIVE) and "avg_" not in column and not column.startswith(LIMITS)


def is_sum(column: str) -> bool:
    return is_total(column) and not column.startswith(HIGHEST)


def halves(formula: str) -> tuple[str, str] | None:
    """What stands above and below the line, in columns of one row; None where there is no line."""
    quotient = QUOTIENT.match(formula.replace(" x ", " * "))
    return (quotient[1], quotient[2]) if quotient else None


def columns_in(half: str) -> list[str]:
    """The columns that it names, in order, each once."""
    return list(dict.fromkeys(COLUMN.findall(half)))


def summed(half: str, where_known: str | None = None) -> str:
    """SQL of the same over several rows. `where_known`: the other half; of rows in which that isn't
    known nothing is summed: what stands below the line may be counted also where a feed doesn't
    measure what stands above it."""
    known = f" filter (where ({where_known}) is not null)" if where_known else ""
    return COLUMN.sub(lambda match: f"sum({match[0]}){known}", half)
