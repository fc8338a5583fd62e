"""Names beside ids, and which team an agent was in when."""

from __future__ import annotations

from itertools import pairwise

from reference.contract import Record
from reference.labels import companies_of
from reference.lookups import company_of_agent, medium_of_channel, membership_at, zone_of_company
from reference.story import Data


def ids_of(data: Data, relations: dict[str, list[Record]], kind: str) -> list[str]:
    """Every id that the reference table or a fact holds, in whatever part it plays there."""
    said = {row[f"{kind}_id"] for row in data.rows[f"raw_{kind}s"]}
    named = {
        value
        for relation, rows in relations.items()
        if relation.startswith("fct_")
        for row in rows
        for column, value in row.items()
        if column.endswith(f"{kind}_id")
    }
    return sorted((said | named) - {None})


def named(data: Data, kind: str, id: str, *others: str) -> Record:
    """Its name, where it has none its id, and other columns of its row."""
    table = {"company": "raw_companies"}.get(kind, f"raw_{kind}s")
    row = data.only_row(table, f"{kind}_id", id)
    return {
        f"{kind}_id": id,
        f"{kind}_name": (row and row[f"{kind}_name"]) or id,
        **{column: row and row[column] for column in others},
    }


def agent_team_records(data: Data) -> list[Record]:
    """Each stay of an agent in a team. It may end wherever a membership begins or ends."""
    records = []
    for agent_id in sorted({row["agent_id"] for row in data.rows["raw_agent_teams"]}):
        own = [row for row in data.rows["raw_agent_teams"] if row["agent_id"] == agent_id]
        instants = {row[column] for row in own for column in ("valid_from", "valid_to")} - {None}
        stays: list[Record] = []
        for start, end in pairwise([*sorted(instants), None]):
            membership = membership_at(data, agent_id, start)
            if membership is None:
                continue
            team_id = membership["team_id"]
            if stays and (stays[-1]["team_id"], stays[-1]["valid_to"]) == (team_id, start):
                stays[-1]["valid_to"] = end
            else:
                stays.append({"team_id": team_id, "valid_from": start, "valid_to": end})
        records += [{"agent_id": agent_id, **stay} for stay in stays]
    return records


def dimensions(data: Data, relations: dict[str, list[Record]]) -> dict[str, list[Record]]:
    def ids(kind: str) -> list[str]:
        return ids_of(data, relations, kind)

    return {
        "dim_agents": [
            {**named(data, "agent", id), "company_id": company_of_agent(data, id)}
            for id in ids("agent")
        ],
        "dim_agent_teams": agent_team_records(data),
        "dim_teams": [named(data, "team", id, "company_id") for id in ids("team")],
        "dim_skills": [named(data, "skill", id, "campaign_id") for id in ids("skill")],
        "dim_campaigns": [named(data, "campaign", id) for id in ids("campaign")],
        "dim_channels": [
            {
                **named(data, "channel", id, "media_type"),
                "is_digital": medium_of_channel(data, id) == "digital",
                "is_voice": medium_of_channel(data, id) == "voice",
            }
            for id in ids("channel")
        ],
        "dim_companies": [
            {**named(data, "company", id), "time_zone": zone_of_company(data, id)}
            for id in sorted(companies_of(data))
        ],
    }
