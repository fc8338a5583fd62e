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


def repeats(data: Data, words: Words) -> Section:
    ids = ["R1", "R2"]
    came_back, resolved = (data.figures[id].expression for id in ids)
    rows = data.rows(f"""
        select
            dates.week_start_date, {came_back}, {resolved},
            sum(closed_session_count), sum(matured_session_count)
        from marts.resolution_metrics_daily
        inner join marts.dim_dates as dates using (date_day)
        where date_day between $first and $last and ($company is null or company_id = $company)
        group by all order by all
    """)
    names = [data.figures[id].names[words.language] for id in ids]
    return Section(
        "repeats",
        [
            Column(words("week")), *(Column(name, "ratio") for name in names),
            Column(words("closed"), "count"), Column(words("matured"), "count"),
        ],
        rows, ids,
        pictures.lines_by_day(
            [
                {"day": week, "kind": name, "value": value}
                for week, *values, _, _ in rows
                for name, value in zip(names, values, strict=True)
            ],
            names, words.language, ".0%", {"domain": [0, 1]},
        ),
    )
