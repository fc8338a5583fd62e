"""Chatwoot's report of agents or inboxes as CSV: a line with the period, a header, a line for each.
Durations are words, cut to two units."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from .rows import Context, Row

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
AGENTS = {"conversations": "A9", "first response": "A20", "resolution time": "N11"}
INBOXES = {"conversations": "S1", "first response": "S8"}


def read(lines: list[list[str]], context: Context) -> Iterable[Row]:
    filled = [line for line in lines if any(cell.strip() for cell in line)]
    dates = DATE.findall(" ".join(filled[0]))
    day = day_of_period(dates) if dates else context.the_day("the report")
    at = next((number for number, line in enumerate(filled) if "name" in line[0].lower()), None)
    if at is None:
        raise ValueError("there is no header that begins with the agent's or inbox's name")
    header = [cell.strip().lower() for cell in filled[at]]
    is_agents = "agent" in header[0]
    if not is_agents and "inbox" not in header[0]:
        raise ValueError(f"by '{filled[at][0]}' nothing is compared; export agents or inboxes")
    fields = AGENTS if is_agents else INBOXES
    for number, line in enumerate(filled[at + 1:], start=1):
        if len(line) != len(header):
            raise ValueError(f"record {number} has {len(line)} fields, the header {len(header)}")
        ids = {"agent_id" if is_agents else "channel_id": line[0].strip()}
        for heading, cell in zip(header[1:], line[1:], strict=True):
            figure_id = next((id for words, id in fields.items() if words in heading), None)
            if figure_id:
                value = f"{cell} minutes" if "(minutes)" in heading and cell.strip() else cell
                yield Row(figure_id, day, value, f"record {number}, {heading}", **ids)


def day_of_period(dates: list[str]) -> datetime.date:
    """The period ends on the day itself, or as the next one begins."""
    first, last = (datetime.date.fromisoformat(text) for text in (dates[0], dates[-1]))
    if (last - first).days > 1:
        raise ValueError(f"the report is of {first} to {last}; export one day")
    return first
