"""Companies, channels, teams, skills and campaigns of what happened."""

from __future__ import annotations

from datetime import datetime

from reference.contract import Row
from reference.story import Data, Story


def zone_of_company(data: Data, company_id: str) -> str:
    company = data.only_row("raw_companies", "company_id", company_id)
    return (company and company["time_zone"]) or data.reporting_time_zone


def company_of_agent(data: Data, agent_id: str) -> str:
    agent = data.only_row("raw_agents", "agent_id", agent_id)
    return (agent and agent["company_id"]) or "default"


def medium_of_channel(data: Data, channel_id: str | None) -> str:
    """voice, digital or neither; what is not described is digital."""
    channel = data.only_row("raw_channels", "channel_id", channel_id)
    if channel is None:
        return "digital"
    if channel["media_type"] == "voice":
        return "voice"
    return "neither" if channel["is_digital"] is False else "digital"


def membership_at(data: Data, agent_id: str, instant: datetime) -> Row | None:
    """The one that holds at the instant; of several the one that began last."""
    holding = [
        row
        for row in data.rows["raw_agent_teams"]
        if row["agent_id"] == agent_id
        and row["valid_from"] <= instant
        and (row["valid_to"] is None or instant < row["valid_to"])
    ]
    return max(holding, key=lambda row: row["valid_from"], default=None)


def team_at(data: Data, agent_id: str, instant: datetime) -> str | None:
    membership = membership_at(data, agent_id, instant)
    return membership and membership["team_id"]


def skill_at(story: Story, position: int) -> str | None:
    """The acceptance's skill, else the last one that a queue or transfer before it named."""
    named = story.events[position]["skill_id"]
    for event in reversed(story.events[:position]):
        if event["event_type"] == "queued":
            named = named or event["skill_id"]
        elif event["event_type"] == "transferred":
            named = named or event["to_skill_id"]
    return named


def campaign_of(data: Data, story: Story, skill_id: str | None) -> str | None:
    skill = data.only_row("raw_skills", "skill_id", skill_id)
    return story.session["campaign_id"] or (skill and skill["campaign_id"])
