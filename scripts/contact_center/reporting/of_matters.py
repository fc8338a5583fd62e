"""Sections on customers' matters: do they come back, lie open, go round, end with a bot?"""

from __future__ import annotations

from ..extensions import literal
from . import pictures
from .data import ASKED, Data
from .parts import (
    MOST_BARS,
    SKILL_NAMES,
    Column,
    Section,
    figure_columns,
    label_columns,
    largest_first,
)
from .words import Words


def repeats(data: Data, words: Words) -> Section:
    rates = ["R1", "R2"]
    counts = ["R3", "R4", "R5"]
    came_back, resolved, *others = (data.figures[id].expression for id in rates + counts)
    rows = data.rows(f"""
        select
            dates.week_start_date, {came_back}, {resolved},
            sum(closed_session_count), sum(matured_session_count), {", ".join(others)}
        from marts.resolution_metrics_daily
        inner join marts.dim_dates as dates using (date_day)
        where {ASKED}
        group by all order by all
    """)
    names = [data.figures[id].names[words.language] for id in rates]
    return Section(
        "repeats",
        [
            Column(words("week")), *figure_columns(data, words, rates),
            Column(words("closed"), "count"), Column(words("matured"), "count"),
            *figure_columns(data, words, counts),
        ],
        rows, rates + counts,
        pictures.lines_by_day(
            [
                {"day": week, "kind": name, "value": value}
                for week, *values in rows
                for name, value in zip(names, values, strict=False)
            ],
            names, words.language, data.period, ".0%", {"domain": [0, 1]}, step=7,
        ),
    )


def backlog(data: Data, words: Words) -> Section:
    """Of companies together: their oldest is the oldest of them all."""
    kinds = ["with_agent", "waiting_in_queue", "with_nobody"]
    rows = data.rows(f"""
        select
            date_day, sum(open_at_end_count), {", ".join(f"sum({kind}_count)" for kind in kinds)},
            sum(awaiting_agent_count), sum(open_age_seconds), max(oldest_open_age_seconds)
        from marts.backlog_daily
        where {ASKED}
        group by date_day order by date_day
    """)
    return Section(
        "backlog",
        [
            Column(words("day")), *figure_columns(data, words, ["L1"]),
            *(Column(words(kind), "count") for kind in kinds),
            *figure_columns(data, words, ["L2", "L3", "L4"]),
        ],
        rows, ["L1", "L2", "L3", "L4"],
        pictures.stacked_by_day(
            [
                {"day": day, "kind": words(kind), "value": value, "position": kinds.index(kind)}
                for day, _, *values in rows
                for kind, value in zip(kinds, values, strict=False)
            ],
            [words(kind) for kind in kinds], words.language, data.period,
        ),
    )


def transfers(data: Data, words: Words) -> Section:
    no_skill = literal(words("no_skill"))
    rows = data.rows(f"""
        select
            coalesce(origins.skill_name, transfers.from_skill_id, {no_skill}),
            coalesce(targets.skill_name, transfers.to_skill_id, {no_skill}),
            sum(transfer_count), sum(received_transfer_count)
        from marts.transfers_daily as transfers
        left join {SKILL_NAMES} as origins on transfers.from_skill_id = origins.skill_id
        left join {SKILL_NAMES} as targets on transfers.to_skill_id = targets.skill_id
        where
            date_day between $first and $last
            and ($company is null or transfers.company_id = $company)
        group by all order by 3 desc, 1, 2
    """)
    totals: dict[str, float] = {}
    for of, to, count, _ in rows:
        for skill in {of, to}:
            totals[skill] = totals.get(skill, 0) + count
    shown = largest_first(totals, MOST_BARS)
    cells = [
        {"across": to, "down": of, "value": value}
        for of, to, value, _ in rows if of in shown and to in shown
    ]
    return Section(
        "transfers",
        [
            Column(words("from")), Column(words("to_skill")),
            *figure_columns(data, words, ["T1"], is_bar=True), *figure_columns(data, words, ["T2"]),
        ],
        rows, ["T1", "T2"],
        pictures.grid(
            cells, sorted({cell["across"] for cell in cells}),
            sorted({cell["down"] for cell in cells}), is_marked=True,
        ),
        named=(len(shown), len(totals)),
    )


def bots(data: Data, words: Words) -> Section:
    """Days of which nothing is measured are left out; one without a bot has 0."""
    results = [f"bot_{result}_count" for result in (
        "handed_off", "resolved", "left", "unknown", "running",
    )]
    ids = ["C1", "C2", "C3", "C4"]
    sessions, *rates = (data.figures[id].expression for id in ids)
    found = data.rows(f"""
        select
            date_day, {sessions}, {", ".join(f"sum({result})" for result in results)},
            {", ".join(rates)}
        from marts.bot_metrics_daily
        where {ASKED}
        group by date_day order by date_day
    """)
    rows = [row for row in found if row[1] is not None]
    columns = label_columns(data, words, "bot_metrics_daily", results)
    names = [column.heading for column in columns]
    return Section(
        "bots",
        [
            Column(words("day")), *figure_columns(data, words, ids[:1]), *columns,
            *figure_columns(data, words, ids[1:]),
        ],
        rows, ids,
        pictures.stacked_by_day(
            [
                {"day": day, "kind": name, "value": value, "position": names.index(name)}
                for day, _, *values in rows
                for name, value in zip(names, values, strict=False)
            ],
            names, words.language, data.period,
        ),
        empty="not_measured" if found else "none",
    )
