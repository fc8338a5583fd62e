"""What the report's switch shows instead: the same figures in business hours.

A figure is here where the marts have both its seconds, those of the wall and those in which the
calendar was open, of the same rows. Those that metric_catalog hasn't are made from the facts.
"""

from __future__ import annotations

from dataclasses import dataclass

from .data import ASKED, Data, Figure

# Of the wall, and in business hours.
SIBLINGS = {"Q6": "Q6-W", "Q8": "Q8-W", "S8": "W3", "A20": "W9"}
COLUMN = "business_queue_seconds"
IN_TIME = f"result = 'answered' and {COLUMN} <= service_level_seconds"
MEASURED = f"""
    with legs as (
        select count({COLUMN}) as covered, count(*) as total
        from marts.fct_queue_legs
        where
            result in ('answered', 'abandoned')
            and {ASKED}
    )

    select
        legs.covered, legs.total,
        coalesce(sum(business_first_response_session_count), 0),
        coalesce(sum(first_response_session_count), 0)
    from legs left join marts.session_analysis_daily on {ASKED}
    group by all
"""


@dataclass(frozen=True)
class Switch:
    """`why_not`: the word that says why there is nothing to switch to. Queue legs answered or
    abandoned: `covered`, those that a calendar holds for, of `total`."""

    why_not: str | None = None
    covered: int = 0
    total: int = 0


def switch(data: Data) -> Switch:
    """Also gives `data` the figures that the switch shows, where there are any."""
    if ("fct_queue_legs", COLUMN) not in data.columns:
        return Switch("hours_of_later_release")
    [(covered, total, covered_responses, responses)] = data.rows(MEASURED)
    if not (total or responses):
        return Switch("hours_without_waits")
    if not (covered or covered_responses):
        return Switch("hours_without_calendar")
    data.has_hours = True
    data.figures |= {figure.id: figure for figure in figures()}
    return Switch(None, covered, total)


def figures() -> list[Figure]:
    """Those of which metric_catalog has the plain one only; a row is a queue leg."""
    return [
        Figure(
            "Q6-W", "fct_queue_legs", COLUMN,
            {"en": "Service level in business hours", "zh": "服务水平（营业时间）"},
            "legs answered within the target in business hours "
            "/ legs answered or abandoned that have a calendar",
            "ratio", "queueing", "up", "this project",
            (
                f"count(*) filter (where {IN_TIME})",
                f"count({COLUMN}) filter (where result in ('answered', 'abandoned'))",
            ),
        ),
        Figure(
            "Q8-W", "fct_queue_legs", COLUMN,
            {"en": "Average speed of answer in business hours", "zh": "平均应答速度（营业时间）"},
            "business_queue_seconds of answered legs / answered legs that have a calendar",
            "seconds", "queueing", "down", "this project",
            (
                f"sum({COLUMN}) filter (where result = 'answered')",
                f"count({COLUMN}) filter (where result = 'answered')",
            ),
        ),
    ]
