"""Sections on customers: how many came, when, how long they waited, with what."""

from __future__ import annotations

import dataclasses
from typing import Any

from . import pictures
from .data import ASKED, Data
from .parts import (
    CHANNELS,
    MOST_BARS,
    SKILLS,
    Column,
    Section,
    by_day_and_kind,
    channel,
    figure_columns,
    largest_first,
    skill,
)
from .words import DAYS, Words


def sessions(data: Data, words: Words) -> Section:
    rows = data.rows(f"""
        select date_day, {channel(words)}, sum(session_count)
        from marts.session_metrics_daily as marts {CHANNELS}
        where {ASKED}
        group by all order by all
    """)
    drawn, order = by_day_and_kind(rows, words)
    return Section(
        "sessions",
        [Column(words("day")), Column(words("channel")), *figure_columns(data, words, ["S1"])],
        rows, ["S1"], pictures.stacked_by_day(drawn, order, words.language, data.period),
    )


def arrivals(data: Data, words: Words) -> Section:
    cells = data.rows("""
        with of_companies as (
            select
                iso_day_of_week,
                local_half_hour,
                sum(start_leg_count) / any_value(occurrence_count) as arrivals
            from marts.arrivals_heatmap($first, $last)
            where $company is null or company_id = $company
            group by company_id, iso_day_of_week, local_half_hour
        )

        select local_half_hour, iso_day_of_week, sum(arrivals) as arrivals
        from of_companies
        group by all order by all
    """)
    days = [words(day) for day in DAYS]
    values = {(time, days[day - 1]): value for time, day, value in cells}
    times = sorted({time for time, _ in values})
    return Section(
        "arrivals", [Column(words("time")), *(Column(day, "number") for day in days)],
        [(time, *(values.get((time, day)) for day in days)) for time in times], ["Q1"],
        pictures.grid(
            [
                {"across": time, "down": day, "value": value}
                for (time, day), value in values.items()
            ],
            times, days,
        ),
    )


def service(data: Data, words: Words) -> Section:
    ids = ["Q6", "Q7", "Q2", "Q3"]
    rows = data.figures_by(ids, ["date_day"])
    in_hours = None
    if data.has_hours:
        levels = dict(data.figures_by(["Q6-W"], ["date_day"]))
        in_hours = service_of(
            data, words, ["Q6-W", *ids[1:]],
            [(day, levels.get(day), *others) for day, _, *others in rows],
        )
    return dataclasses.replace(service_of(data, words, ids, rows), in_hours=in_hours)


def service_of(data: Data, words: Words, ids: list[str], rows: list[tuple[Any, ...]]) -> Section:
    names = [data.figures[id].names[words.language] for id in ids]
    return Section(
        "service", [Column(words("day")), *figure_columns(data, words, ids)], rows, ids,
        pictures.lines_by_day(
            [
                {"day": day, "kind": name, "value": value}
                for day, *values in rows
                for name, value in zip(names[:2], values, strict=False)
            ],
            names[:2], words.language, data.period, ".0%", {"domain": [0, 1]},
        ),
    )


def waits(data: Data, words: Words) -> Section:
    of_the_wall = waits_of(data, words, ["Q8", "N7"], """
        select company_id, date_day, skill_id, measure, seconds
        from marts.fct_durations
        where measure in ('queue_answered', 'first_response')
    """)
    in_hours = waits_of(data, words, ["Q8-W", "W6"], """
        select
            company_id, date_day, skill_id, 'queue_answered' as measure,
            cast(business_queue_seconds as double) as seconds
        from marts.fct_queue_legs
        where result = 'answered' and business_queue_seconds is not null
        union all
        select
            company_id, date_day, skill_id, 'first_response',
            cast(business_first_response_seconds as double)
        from marts.fct_agent_contacts
        where business_first_response_seconds is not null
    """) if data.has_hours else None
    return dataclasses.replace(of_the_wall, in_hours=in_hours)


def waits_of(data: Data, words: Words, ids: list[str], durations: str) -> Section:
    """`durations`: rows of company_id, date_day, skill_id, measure and seconds."""
    measures = {"queue_answered": words("wait"), "first_response": words("first_response")}
    rows = [
        (name, measures[measure], *values)
        for name, measure, *values in data.rows(f"""
            select
                {skill(words)}, measure, count(*),
                quantile_cont(seconds, 0.5), quantile_cont(seconds, 0.9)
            from ({durations}) as marts {SKILLS}
            where {ASKED}
            group by all order by all
        """)
    ]
    totals: dict[str, float] = {}
    for name, _, count, *_ in rows:
        totals[name] = totals.get(name, 0) + count
    order = largest_first(totals, MOST_BARS)
    return Section(
        "waits",
        [
            Column(words("skill")), Column(words("measure")), Column(words("count"), "count"),
            Column(words("median"), "seconds"), Column(words("p90"), "seconds"),
        ],
        rows, ids,
        pictures.ranges(
            [
                # The scale has no 0.
                {"name": name, "kind": measure, "low": max(low, 0.1), "high": max(high, 0.1)}
                for name, measure, _, low, high in rows if name in order
            ],
            order, list(measures.values()),
        ),
        named=(len(order), len(totals)),
    )


def tags(data: Data, words: Words) -> Section:
    rows = data.rows(f"""
        select tag_name, count(distinct session_id)
        from marts.fct_tag_attachments
        where is_digital and {ASKED}
        group by all order by 2 desc, 1
    """)
    shown = rows[:MOST_BARS]
    return Section(
        "tags", [Column(words("tag")), Column(words("tagged"), "count", is_bar=True)], rows,
        picture=pictures.bars(
            [{"name": tag, "kind": "", "value": value, "position": 0} for tag, value in shown],
            [tag for tag, _ in shown], [""],
        ),
        named=(len(shown), len(rows)),
    )
