"""Sections on what customers were promised, and whether their matter came back."""

from __future__ import annotations

from . import pictures
from .data import Data
from .parts import Column, Section
from .words import Words


def promises(data: Data, words: Words) -> Section:
    rows = [
        (day, words(f"{metric}_promise"), *values)
        for day, metric, *values in data.rows("""
            select
                date_day, metric,
                sum(met_count) / nullif(sum(met_count) + sum(breached_count), 0),
                sum(clock_count)
            from marts.sla_metrics_daily
            where date_day between $first and $last and ($company is null or company_id = $company)
            group by all order by all
        """)
    ]
    order = sorted({promise for _, promise, *_ in rows})
    return Section(
        "promises",
        [
            Column(words("day")), Column(words("promise")), Column(words("kept"), "ratio"),
            Column(words("count"), "count"),
        ],
        rows,
        picture=pictures.lines_by_day(
            [{"day": day, "kind": promise, "value": rate} for day, promise, rate, _ in rows],
            order, words.language, ".0%", {"domain": [0, 1]},
        ),
    )
