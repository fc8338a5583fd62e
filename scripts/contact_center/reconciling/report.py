"""What was found, for people and for programs."""

from __future__ import annotations

import csv
import datetime
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..terminal import padded, width_of
from .explain import EQUAL, EXPLAINED, UNEXPLAINED, Comparison, Part
from .figures import NOBODY, Figure
from .rows import Key
from .values import EPOCH

COLUMNS = (
    "figure_id", "figure", "date_day", "agent_id", "skill_id", "channel_id", "vendor", "ours",
    "numerator", "denominator", "difference", "verdict", "reasons", "says", "also", "equal_rows",
    "rows", "sessions",
)


Alone = list[tuple[Figure, Key, float]]


def print_report(compared: list[Comparison], alone: Alone, form: str, most: int) -> None:
    if form == "json":
        print(json.dumps([as_object(one) for one in compared], ensure_ascii=False, indent=1))
    elif form == "csv":
        writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(as_line(one) for one in compared)
    else:
        lines = markdown(compared, most) if form == "markdown" else table(compared, most)
        for line in lines:
            print(line)
        print()
        if alone:
            print(f"Ours alone, on days of the vendor's file: {words_of(alone, most)}")
        print(summary(compared))


def cells_of(one: Comparison) -> dict[str, Any]:
    numerator, denominator = one.halves
    return {
        "figure_id": one.figure.id, "figure": one.figure.name,
        "date_day": one.row.date_day.isoformat(),
        "agent_id": one.key[1], "skill_id": one.key[2], "channel_id": one.key[3],
        "vendor": plain(one, one.vendor.number), "ours": plain(one, one.ours),
        "numerator": numerator if denominator is not None else None, "denominator": denominator,
        "difference": one.difference, "verdict": one.verdict, "reasons": list(one.names),
        "says": list(one.says), "also": [list(names) for names in one.also],
        "equal_rows": one.support[0] or None,
        "rows": one.support[1] or None,
    }


def as_object(one: Comparison) -> dict[str, Any]:
    nearest = one.nearest and {"reasons": list(one.nearest[0]), "left": one.nearest[1]}
    return {
        **cells_of(one), "place": one.row.place, "nearest": nearest,
        "sessions": [
            {
                "session_id": part.session_id, "ours": list(part.ours),
                "vendor": list(part.theirs) if part.theirs else None, "marks": list(part.marks),
            }
            for part in one.sessions
        ],
    }


def as_line(one: Comparison) -> dict[str, Any]:
    cells = cells_of(one)
    return {
        **cells, "reasons": " ".join(one.names), "says": "; ".join(one.says),
        "also": " ".join("+".join(names) for names in one.also),
        "sessions": " ".join(part.session_id for part in one.sessions),
    }


def short(number: float | None) -> str:
    """At most six places, without noughts at the end."""
    if number is None:
        return ""
    if math.isclose(number, round(number), abs_tol=1e-9):
        return f"{round(number):,}"
    return f"{number:,.6f}".rstrip("0")


def shown(one: Comparison, number: float | None) -> str:
    """Of an instant the time, in UTC."""
    if one.figure.unit == "timestamp" and number is not None:
        return (EPOCH + datetime.timedelta(seconds=number)).isoformat(sep=" ")
    return short(number)


def plain(one: Comparison, number: float | None) -> float | str | None:
    """For programs: an instant in ISO 8601."""
    if one.figure.unit == "timestamp" and number is not None:
        return f"{(EPOCH + datetime.timedelta(seconds=number)).isoformat()}Z"
    return number


def value_of(one: Comparison) -> str:
    numerator, denominator = one.halves
    text = shown(one, one.ours)
    return f"{text} ({short(numerator)} / {short(denominator)})" if denominator else text


def whose(one: Comparison) -> str:
    return ids_of(one.key)


def ids_of(key: Key) -> str:
    return " ".join("(none)" if id == NOBODY else id for id in key[1:] if id is not None)


def because(one: Comparison) -> str:
    if one.verdict == EQUAL:
        return ""
    if one.verdict == EXPLAINED:
        fitting, rows = one.support
        of = f" (fits {fitting} of {rows} rows of {one.figure.id})" if rows > 1 else ""
        others = [" and ".join(names) for names in one.also]
        more = f", and {len(others) - 2} others" if len(others) > 2 else ""
        also = f"; as well: {', '.join(others[:2])}{more}" if others else ""
        return " and ".join(one.says) + of + also
    if one.nearest:
        names, left = one.nearest
        return f"no known reason; nearest: {' and '.join(names)}, which leaves {short(left)}"
    return "no known reason" if one.figure.kind else "no reasons are known for this figure"


HEADINGS = ("figure", "day", "of", "vendor", "ours", "difference", "verdict", "because")


def lines_of(compared: list[Comparison]) -> list[tuple[str, ...]]:
    return [
        (
            f"{one.figure.id} {one.figure.name}", one.row.date_day.isoformat(), whose(one),
            shown(one, one.vendor.number), value_of(one), short(one.difference), one.verdict,
            because(one),
        )
        for one in compared
    ]


def table(compared: list[Comparison], most: int) -> Iterator[str]:
    rows = [HEADINGS, *lines_of(compared)]
    widths = [max(width_of(row[index]) for row in rows) for index in range(len(HEADINGS) - 1)]
    for number, row in enumerate(rows):
        yield "  ".join(
            padded(cell, width) for cell, width in zip(row, [*widths, 0], strict=True)
        ).rstrip()
        if number:
            yield from (f"    {line}" for line in sessions_of(compared[number - 1], most))


def markdown(compared: list[Comparison], most: int) -> Iterator[str]:
    yield f"| {' | '.join(HEADINGS)} |"
    yield f"| {' | '.join('---' for _ in HEADINGS)} |"
    for one, row in zip(compared, lines_of(compared), strict=True):
        cells = [cell.replace("|", "\\|") for cell in row]
        cells[-1] = "<br>".join(filter(None, [cells[-1], *sessions_of(one, most)]))
        yield f"| {' | '.join(cells)} |"


def sessions_of(one: Comparison, most: int) -> list[str]:
    shown = [session_line(part) for part in one.sessions[:most]]
    if len(one.sessions) > most:
        shown.append(f"... and {len(one.sessions) - most:,} sessions more")
    return shown


def session_line(part: Part) -> str:
    marks = ", ".join(part.marks)
    ours, theirs = half_words(part.ours), half_words(part.theirs)
    counted = f"ours {ours}" if theirs is None else f"ours {ours}, vendor's {theirs}"
    return f"{part.session_id}: {counted} ({marks})"


def half_words(halves: tuple[float | None, float | None] | None) -> str | None:
    if halves is None:
        return None
    numerator, denominator = halves
    if numerator is None and denominator is None:
        return "nothing"
    return f"{short(numerator) or 0} / {short(denominator)}" if denominator is not None \
        else short(numerator)


def words_of(alone: Alone, most: int) -> str:
    shown = [
        f"{figure.id} {key[0]} {ids_of(key)} {short(value)}"
        for figure, key, value in alone[:most]
    ]
    more = f" and {len(alone) - most:,} more" if len(alone) > most else ""
    return "; ".join(shown) + more


def summary(compared: list[Comparison]) -> str:
    found = Counter(one.verdict for one in compared)
    return ", ".join(f"{found[verdict]:,} {verdict}" for verdict in (EQUAL, EXPLAINED, UNEXPLAINED))
