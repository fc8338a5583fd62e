"""What sections of the report are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .data import Data
from .words import Words

# Of many, those with the most are drawn; the table has all.
MOST_KINDS = 7
MOST_BARS = 20
CHANNELS = "left join marts.dim_channels as channels using (channel_id)"
CHANNEL = "coalesce(channels.channel_name, marts.channel_id, '-')"
SKILLS = "left join marts.dim_skills as skills using (skill_id)"
SKILL = "coalesce(skills.skill_name, marts.skill_id, '-')"
# Of agents of one name each has the id behind it, or they would be one in a picture.
AGENTS = """
    left join (
        select
            agent_id,
            agent_name || case
                when count(*) over (partition by agent_name) > 1 then ' (' || agent_id || ')'
                else ''
            end as agent_name
        from marts.dim_agents
    ) as agents using (agent_id)
"""
AGENT = "coalesce(agents.agent_name, marts.agent_id)"


@dataclass(frozen=True)
class Column:
    """`unit`: as in metric_catalog, or text. `is_bar`: drawn behind the number, of the longest."""

    heading: str
    unit: str = "text"
    is_bar: bool = False


@dataclass(frozen=True)
class Section:
    """`figures`: ids in metric_catalog of what is shown. A section without rows says the word
    `empty`. `in_hours`: what the switch to business hours shows instead, under the same title."""

    name: str
    columns: list[Column]
    rows: list[tuple[Any, ...]]
    figures: Sequence[str] = ()
    picture: dict[str, Any] | None = field(default=None, repr=False)
    empty: str = "none"
    in_hours: Section | None = None


def figure_columns(
    data: Data, words: Words, ids: Sequence[str], is_bar: bool = False
) -> list[Column]:
    return [
        Column(data.figures[id].names[words.language], data.figures[id].unit, is_bar) for id in ids
    ]


def label_columns(data: Data, words: Words, relation: str, names: Sequence[str]) -> list[Column]:
    """Of columns that are no figures, as column_catalog names them."""
    found = [data.columns[relation, name] for name in names]
    return [Column(labels[words.language], unit) for labels, unit in found]


def largest_first(totals: dict[str, float], most: int) -> list[str]:
    return sorted(totals, key=lambda name: (-totals[name], name))[:most]


def by_day_and_kind(
    rows: list[tuple[Any, ...]], words: Words
) -> tuple[list[dict[str, Any]], list[str]]:
    """Of (day, kind, value): rows to draw, the smaller kinds together, and the kinds' order."""
    totals: dict[str, float] = {}
    for _, name, value in rows:
        totals[name] = totals.get(name, 0) + (value or 0)
    order = largest_first(totals, MOST_KINDS)
    rest = words("other")
    # A kind that is called so itself isn't the rest.
    if any(name.casefold() == rest for name in totals):
        rest = f"{rest} ({len(totals) - len(order)})"
    together: dict[tuple[Any, str], float] = {}
    for day, name, value in rows:
        shown = name if name in order else rest
        together[day, shown] = together.get((day, shown), 0) + (value or 0)
    order += [rest] if len(totals) > len(order) else []
    return [
        {"day": day, "kind": name, "value": value, "position": order.index(name)}
        for (day, name), value in together.items()
    ], order
