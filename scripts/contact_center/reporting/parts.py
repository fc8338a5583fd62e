"""What sections of the report are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..extensions import literal
from .data import Data
from .words import Words

# Of many, those with the most are drawn; the table has all.
MOST_KINDS = 7
MOST_BARS = 20


def told_apart(kind: str, *relations: str) -> str:
    """Names by id. Of several with one name each has its id behind it, or they would be one row or
    bar. Of one company only its own count, which are those in `relations`: what another calls its
    skills makes nobody's names longer."""
    its = " union all ".join(
        f"select {kind}_id from marts.{relation} where company_id = $company"
        for relation in relations
    )
    return f"""(
        select
            {kind}_id,
            {kind}_name || case
                when count(*) filter (where is_its or $company is null)
                    over (partition by {kind}_name) > 1
                    then ' (' || {kind}_id || ')'
                else ''
            end as {kind}_name
        from (select *, {kind}_id in ({its}) as is_its from marts.dim_{kind}s)
    )"""


CHANNELS = f"""
    left join {told_apart("channel", "session_metrics_daily")} as channels using (channel_id)
"""
SKILL_NAMES = told_apart("skill", "fct_queue_legs", "fct_agent_contacts")
SKILLS = f"left join {SKILL_NAMES} as skills using (skill_id)"
AGENTS = f"""
    left join {told_apart("agent", "agent_analysis_daily", "agent_activity_daily")} as agents
        using (agent_id)
"""
AGENT = "coalesce(agents.agent_name, marts.agent_id)"


def channel(words: Words) -> str:
    """Beside CHANNELS: the name, or the id where it has none."""
    return f"coalesce(channels.channel_name, marts.channel_id, {literal(words('no_channel'))})"


def skill(words: Words) -> str:
    """Beside SKILLS: the name, or the id where it has none."""
    return f"coalesce(skills.skill_name, marts.skill_id, {literal(words('no_skill'))})"


@dataclass(frozen=True)
class Column:
    """`unit`: as in metric_catalog, or text. `is_bar`: drawn behind the number, of the longest."""

    heading: str
    unit: str = "text"
    is_bar: bool = False


@dataclass(frozen=True)
class Section:
    """`figures`: ids in metric_catalog of what is shown. A section without rows says the word
    `empty`. `in_hours`: what the switch to business hours shows instead, under the same title.
    `named`: how many names the picture has, and of how many."""

    name: str
    columns: list[Column]
    rows: list[tuple[Any, ...]]
    figures: Sequence[str] = ()
    picture: dict[str, Any] | None = field(default=None, repr=False)
    empty: str = "none"
    in_hours: Section | None = None
    named: tuple[int, int] = (0, 0)


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
