"""The report's HTML: one file, without a script and without anything from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import jinja2

from . import pictures
from .business import switch
from .data import Data
from .headlines import Headline, headlines
from .parts import Column, Section
from .sections import groups
from .words import Words

Shown = TypeVar("Shown", Headline, Section)
FOLDER = Path(__file__).parent
BUILD = """
    select build_number, started_at, as_of
    from staging.builds, intermediate.data_span
    order by build_number desc
    limit 1
"""
LEFT_OUT = """
    select table_name, reason, count(*)
    from marts.quarantined_rows
    group by all order by all
"""


def page(data: Data, words: Words) -> str:
    hours = switch(data)
    tiles = headlines(data)
    shown = groups(data, words)
    ids = [tile.figure.id for tile in with_siblings(tiles)]
    sections = [section for group in shown for section in group.sections]
    ids += [id for section in with_siblings(sections) for id in section.figures]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("page.html.j2").render(
        words=words, period=data.period, company=company(data, words), groups=shown,
        headlines_note=headlines_note(data, words),
        switch=hours, headlines=tiles, figures=data.figures, left_out=left_out(data, words),
        defined=[data.figures[id] for id in dict.fromkeys(ids)], build=build(data, words),
        css=(FOLDER / "page.css").read_text(), svg=pictures.svg, legend=pictures.legend,
        part=part,
        quotient=lambda tile: quotient(tile, words), change=lambda tile: change(tile, words),
    )


def with_siblings(shown: Sequence[Shown]) -> Iterator[Shown]:
    """Each, and after it what the switch to business hours shows instead."""
    for one in shown:
        yield one
        if one.in_hours:
            yield one.in_hours


def company(data: Data, words: Words) -> str:
    """The one asked for, or the only one of which there are sessions."""
    names = [name for (name,) in data.rows("""
        select coalesce(company_name, company_id) from marts.dim_companies
        where coalesce(
            company_id = $company,
            company_id in (select company_id from marts.session_analysis_daily)
        )
        limit 2
    """)]
    return names[0] if len(names) == 1 else words("all_companies")


def headlines_note(data: Data, words: Words) -> str:
    if data.begins_too_late():
        return words("headlines_note_uncompared", first=data.first_day())
    days = data.period.day_count
    return words("headlines_note", days=days) if days > 1 else words("headlines_note_of_a_day")


def left_out(data: Data, words: Words) -> Section:
    """Of the whole warehouse, for a row in quarantine may name neither a day nor a company."""
    return Section(
        "left_out",
        [Column(words("table_name")), Column(words("reason")), Column(words("rows"), "count")],
        data.rows(LEFT_OUT),
    )


def build(data: Data, words: Words) -> str:
    [(number, started_at, as_of)] = data.rows(BUILD)
    return words(
        "build", number=number, time=started_at.isoformat(" ", "minutes"),
        as_of="-" if as_of is None else as_of.isoformat(" ", "minutes"),
    )


def part(section: Section, position: int, value: float) -> str:
    """How much of its cell a bar takes: all of it, where no other is longer."""
    longest = max(row[position] or 0 for row in section.rows)
    return f"{value / longest:.1%}"


def quotient(tile: Headline, words: Words) -> str:
    values: list[Any] = [
        words.duration(value) if tile.figure.unit == "seconds" and is_above
        else words.value(value, "count")
        for value, is_above in ((tile.above, True), (tile.below, False))
    ]
    # Of a share of time both are hours.
    if tile.figure.unit == "ratio" and "_seconds" in tile.figure.formula:
        values = [words.duration(value or 0) for value in (tile.above, tile.below)]
    return words("of", above=values[0], below=values[1])


def change(tile: Headline, words: Words) -> str:
    arrow = "▲" if tile.change > 0 else "▼" if tile.change < 0 else "="
    unit = words("points") if tile.figure.unit == "ratio" else "%"
    return f"{arrow} {100 * tile.change:+,.1f}{unit}".replace("-", "−")
