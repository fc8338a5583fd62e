"""Sections on what customers were promised: what was kept, and how one could cheat."""

from __future__ import annotations

from . import pictures
from .data import ASKED, Data
from .parts import Column, Section, figure_columns, label_columns
from .words import Words

METRICS = ("first_response", "next_response", "resolution")


def promises(data: Data, words: Words) -> Section:
    clocks, broken, kept, over = (
        data.figures[id].expression for id in ("P1", "P2", "P3", "P4")
    )
    states = ["met_count", "cancelled_count", "running_count"]
    rows = [
        (day, words(f"{metric}_promise"), *values)
        for day, metric, *values in data.rows(f"""
            select
                date_day, metric, {clocks}, {broken},
                {", ".join(f"sum({state})" for state in states)}, {kept}, {over}
            from marts.sla_metrics_daily
            where {ASKED}
            group by all order by all
        """)
    ]
    named = [words(f"{metric}_promise") for metric in METRICS]
    order = [name for name in named if name in {promise for _, promise, *_ in rows}]
    return Section(
        "promises",
        [
            Column(words("day")), Column(words("promise")),
            *figure_columns(data, words, ["P1", "P2"]),
            *label_columns(data, words, "sla_metrics_daily", states),
            *figure_columns(data, words, ["P3", "P4"]),
        ],
        rows, ["P1", "P2", "P3", "P4"],
        pictures.lines_by_day(
            [
                {"day": day, "kind": promise, "value": rate}
                for day, promise, *_, rate, _ in rows
            ],
            order, words.language, data.period, ".0%", {"domain": [0, 1]},
        ),
    )


def pendings(data: Data, words: Words) -> Section:
    name = data.figures["P5"].names[words.language]
    found = data.figures_by(["P5"], ["date_day"])
    rows = [row for row in found if row[1] is not None]
    return Section(
        "pendings", [Column(words("day")), *figure_columns(data, words, ["P5"])], rows, ["P5"],
        pictures.stacked_by_day(
            [{"day": day, "kind": name, "value": value, "position": 0} for day, value in rows],
            [name], words.language, data.period,
        ),
        empty="not_measured" if found else "none",
    )
