"""Sections on what customers say: scores by channel, surveys, and how many answer them."""

from __future__ import annotations

from . import pictures
from .data import ASKED, Data
from .parts import (
    CHANNELS,
    MOST_KINDS,
    Column,
    Section,
    channel,
    figure_columns,
    label_columns,
    largest_first,
)
from .words import Words


def scores(data: Data, words: Words) -> Section:
    of_scores = " + ".join(f"{score} * sum(score_{score}_session_count)" for score in range(1, 6))
    rows = data.rows(f"""
        select
            dates.week_start_date, {channel(words)}, ({of_scores}) / sum(evaluated_session_count),
            sum(evaluated_session_count)
        from marts.session_metrics_daily as marts {CHANNELS}
        inner join marts.dim_dates as dates using (date_day)
        where
            {ASKED}
            and evaluated_session_count > 0
        group by all order by all
    """)
    totals: dict[str, float] = {}
    for _, name, _, count in rows:
        totals[name] = totals.get(name, 0) + count
    order = largest_first(totals, MOST_KINDS)
    return Section(
        "scores",
        [
            Column(words("week")), Column(words("channel")), Column(words("mean_score"), "number"),
            *figure_columns(data, words, ["S4"]),
        ],
        rows, ["S4", "S5"],
        pictures.lines_by_day(
            [
                {"day": day, "kind": name, "value": score}
                for day, name, score, _ in rows if name in order
            ],
            order, words.language, data.period, ".1f", {"domain": [1, 5]}, step=7,
        ),
        named=(len(order), len(totals)),
    )


def kind_of(words: Words, kind: str) -> str:
    """What a kind of survey is called; one of a later release by its own name."""
    return words(f"{kind}_survey") if words.has(f"{kind}_survey") else kind


def surveys(data: Data, words: Words) -> Section:
    """A row a kind and scale: scores of several scales have no mean. A scale so short that the top
    two and the bottom two overlap isn't drawn."""
    ids = ["V1", "V2", "V3", "V4", "V5"]
    values = ", ".join(data.figures[id].expression for id in ids)
    rows = [
        (kind_of(words, kind), words("scale_of", low=f"{low:g}", high=f"{high:g}"), *figures)
        for kind, low, high, *figures in data.rows(f"""
            select kind, scale_min, scale_max, sum(survey_response_count), {values}
            from marts.survey_metrics_daily
            where {ASKED}
            group by all order by kind, scale_max, scale_min
        """)
    ]
    shares = [words("top_2"), words("between"), words("bottom_2")]
    drawn = [
        {"name": f"{kind}, {scale}", "kind": share, "value": value, "position": number}
        for kind, scale, _, _, _, top, bottom, _ in rows if top + bottom <= 1
        for number, (share, value) in enumerate(
            zip(shares, (top, 1 - top - bottom, bottom), strict=True)
        )
    ]
    return Section(
        "surveys",
        [
            Column(words("survey")), Column(words("scale")),
            *label_columns(data, words, "survey_metrics_daily", ["survey_response_count"]),
            *figure_columns(data, words, ids),
        ],
        rows, ids,
        pictures.bars(
            drawn, list(dict.fromkeys(row["name"] for row in drawn)), shares, ".0%",
            {"domain": [0, 1]},
        ),
    )


def requests(data: Data, words: Words) -> Section:
    counts = ["requested_count", "measured_request_count", "answered_request_count"]
    rows = [
        (week, kind_of(words, kind), *values)
        for week, kind, *values in data.rows(f"""
            select
                dates.week_start_date, kind, {", ".join(f"sum({count})" for count in counts)},
                {data.figures["V6"].expression}
            from marts.survey_requests_daily
            inner join marts.dim_dates as dates using (date_day)
            where {ASKED}
            group by all order by all
        """)
    ]
    kinds = sorted({kind for _, kind, *_ in rows})
    return Section(
        "requests",
        [
            Column(words("week")), Column(words("survey")),
            *label_columns(data, words, "survey_requests_daily", counts),
            *figure_columns(data, words, ["V6"]),
        ],
        rows, ["V6"],
        pictures.lines_by_day(
            [{"day": week, "kind": kind, "value": rate} for week, kind, *_, rate in rows],
            kinds, words.language, data.period, ".0%", {"domain": [0, 1]}, step=7,
        ),
    )
