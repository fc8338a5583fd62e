"""The best-known figures of a warehouse, printed when it is published."""

from __future__ import annotations

import argparse

from .. import lake, spark
from ..terminal import padded, width_of

HEADLINES = """
    select
        companies.company_name,
        session_count,
        human_session_count,
        round(avg_queue_seconds, 1),
        round(avg_first_response_seconds, 1),
        round(avg_response_seconds, 1),
        round(avg_session_seconds, 1),
        evaluated_session_count
    from marts.session_analysis_aggregated
    inner join marts.dim_companies as companies using (company_id)
    order by session_count desc, company_id
"""
HEADINGS = (
    "company", "sessions", "accepted", "queue s", "first response s", "response s", "session s",
    "evaluated",
)
MOST_COMPANIES = 10
MOST_LETTERS = 60


def headlines(options: argparse.Namespace) -> list[tuple]:
    """Of the companies, those with the most sessions first."""
    if options.target == "spark":
        return spark.rows(HEADLINES)
    with lake.open_warehouse(options.warehouse) as connection:
        return connection.execute(HEADLINES).fetchall()


def shown(name: str) -> str:
    """On one line of a terminal: without line ends and what steers it, and not longer than that."""
    line = "".join(letter if letter.isprintable() else " " for letter in name)
    return line if len(line) <= MOST_LETTERS else f"{line[:MOST_LETTERS - 1]}…"


def print_headlines(rows: list[tuple]) -> None:
    table = [HEADINGS] + [
        (shown(name), *("-" if value is None else str(value) for value in figures))
        for name, *figures in rows[:MOST_COMPANIES]
    ]
    widths = [max(width_of(row[column]) for row in table) for column in range(len(HEADINGS))]
    print()
    for name, *figures in table:
        aligned = [figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=True)]
        print("  ".join([padded(name, widths[0]), *aligned]))
    if len(rows) > MOST_COMPANIES:
        print(f"and {len(rows) - MOST_COMPANIES} companies more")
