"""CSV: the contract's, with a line for each figure; or a report's, with a column for each, named as
the catalogue names the figure (English or Chinese) or by its id."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from .rows import Context, Row

NEEDED = ("figure_id", "date_day", "value")
IDS = ("agent_id", "skill_id", "channel_id")
# What reports call the day and the ids, or names in their stead. Of several in one file the first
# here counts: an id is one agent's, a name may be that of several.
HEADINGS = {
    "date_day": ("date_day", "date", "day", "日期", "时间"),
    "agent_id": (
        "agent_id", "agent id", "客服编号", "坐席编号", "座席编号",
        "agent", "agent name", "agent_name", "客服", "坐席", "座席",
    ),
    "skill_id": (
        "skill_id", "skill id", "技能组编号",
        "skill", "skill name", "skill_name", "skill group", "queue", "技能组",
    ),
    "channel_id": (
        "channel_id", "channel id", "渠道编号",
        "channel", "channel name", "channel_name", "media type", "渠道",
    ),
}

# 2026-03-02, and as spreadsheets write it: 2026/3/2, 2026年3月2日. A time may follow.
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")


def is_contract(header: list[str]) -> bool:
    return "figure_id" in names_of(header)


def read_contract(lines: list[list[str]]) -> Iterable[Row]:
    header: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not any(cell.strip() for cell in line):
            continue
        if not header:
            header = names_of(line)
            missing = [name for name in NEEDED if name not in header]
            if missing:
                raise ValueError(f"the column {missing[0]} is missing")
            continue
        place = f"line {number}"
        if len(line) != len(header):
            raise ValueError(f"{place} has {len(line)} fields, the header {len(header)}")
        cells = dict(zip(header, (cell.strip() for cell in line), strict=True))
        yield Row(
            cells["figure_id"], day_of(cells["date_day"], place), cells["value"], place,
            **{name: cells.get(name) or None for name in IDS},
        )


def is_report(header: list[str], context: Context) -> bool:
    found = names_of(header)
    return any(name in found for name in HEADINGS["date_day"]) and any(
        name in context.names for name in found
    )


def read_report(lines: list[list[str]], context: Context) -> Iterable[Row]:
    header: list[str] = []
    figures: dict[int, str] = {}
    places: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not any(cell.strip() for cell in line):
            continue
        if not header:
            header = names_of(line)
            places = {
                name: header.index(found[0]) for name, headings in HEADINGS.items()
                if (found := [heading for heading in headings if heading in header])
            }
            known = context.names_for(header)
            figures = {index: known[name] for index, name in enumerate(header) if name in known}
            if not figures or "date_day" not in places:
                raise ValueError(
                    "neither a column figure_id, nor a day with columns that are named as in the "
                    "catalogue; docs/reconcile.md shows what can be read (of this warehouse's own "
                    "exports, those with --mode daily or interval)"
                )
            continue
        place = f"line {number}"
        if len(line) != len(header):
            raise ValueError(f"{place} has {len(line)} fields, the header {len(header)}")
        ids = {name: line[index].strip() or None for name, index in places.items()}
        day = day_of(ids.pop("date_day") or "", place)
        for index, figure_id in figures.items():
            yield Row(figure_id, day, line[index], f"{place}, {header[index]}", **ids)


def names_of(header: list[str]) -> list[str]:
    return [name.strip().casefold() for name in header]


def day_of(text: str, place: str) -> datetime.date:
    found = DATE.match(text)
    try:
        return datetime.date(*map(int, found.groups()))
    except (AttributeError, ValueError):
        raise ValueError(f"{place}: '{text}' is no date like 2026-03-02") from None
