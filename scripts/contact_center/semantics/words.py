"""What every tool is told in the same words: what a figure is called and means, and which of a
mart's ids have names."""

from __future__ import annotations

from .catalogue import Column, Mart

NAMES = {
    "company": ("company_id", "dim_companies", "company_id", "company_name"),
    "channel": ("channel_id", "dim_channels", "channel_id", "channel_name"),
    "skill": ("skill_id", "dim_skills", "skill_id", "skill_name"),
    "first_skill": ("first_skill_id", "dim_skills", "skill_id", "skill_name"),
    "from_skill": ("from_skill_id", "dim_skills", "skill_id", "skill_name"),
    "to_skill": ("to_skill_id", "dim_skills", "skill_id", "skill_name"),
    "campaign": ("campaign_id", "dim_campaigns", "campaign_id", "campaign_name"),
    "team": ("team_id", "dim_teams", "team_id", "team_name"),
    "agent": ("agent_id", "dim_agents", "agent_id", "agent_name"),
    "from_agent": ("from_agent_id", "dim_agents", "agent_id", "agent_name"),
    "to_agent": ("to_agent_id", "dim_agents", "agent_id", "agent_name"),
}


def names_of(mart: Mart) -> dict[str, tuple[str, str, str, str]]:
    """Of the mart's ids those that have a name: alias of the join: id, dimension, its key, name."""
    ids = {column.name for column in mart.dimensions}
    return {alias: found for alias, found in NAMES.items() if found[0] in ids}


def label(column: Column) -> str:
    return f"{column.label} (s)" if column.unit == "seconds" else column.label


def described(column: Column) -> str:
    named = f"{column.id}. " if column.id else ""
    formula = f" Formula: {column.formula}." if column.formula else ""
    return f"{named}{column.description}{formula}"
