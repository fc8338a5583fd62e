"""Puts the plain data of content.py into tables of the working database."""

import itertools
import math
from collections.abc import Iterator

import duckdb

from . import content

SESSIONS_PER_AGENT_DAY = 12
FEWEST_AGENTS = 4
CUSTOMERS_PER_SESSION = 0.6


def create_content_tables(
    connection: duckdb.DuckDBPyConnection, sessions: int, days: int
) -> None:
    """The plain data of content.py as tables, numbered from 1 in their own order."""
    fill(connection, "companies", (
        "company_no integer, company_id varchar, company_name varchar, time_zone varchar, "
        "agent_prefix varchar, share_from double, share_to double, agent_count bigint, "
        "customer_count bigint, first_names varchar[], last_names varchar[]"
    ), company_rows(sessions, days))
    fill(connection, "channels", (
        "channel_no integer, channel_id varchar, channel_name varchar, media_type varchar, "
        "is_digital boolean, share_from double, share_to double, slowness double, "
        "message_mean double"
    ), [
        (number, *channel[:4], *share, *channel[5:])
        for number, channel, share in numbered(content.CHANNELS, shares(content.CHANNELS, 4))
    ])
    fill(connection, "campaigns", (
        "campaign_no integer, campaign_id varchar, campaign_name varchar"
    ), [(number, *campaign) for number, campaign in enumerate(content.CAMPAIGNS, start=1)])
    fill(connection, "skills", (
        "skill_no integer, skill_id varchar, skill_name varchar, campaign_id varchar"
    ), [(number, *skill) for number, skill in enumerate(content.SKILLS, start=1)])
    fill(connection, "teams", (
        "team_no integer, team_id varchar, team_name varchar, company_no integer"
    ), [(number, *team) for number, team in enumerate(content.TEAMS, start=1)])
    fill(connection, "special_agent_names", (
        "company_no integer, agent_no integer, agent_name varchar"
    ), content.SPECIAL_AGENT_NAMES)
    fill(connection, "hour_weights", "hour_no integer, weight integer",
         list(enumerate(content.HOUR_WEIGHTS)))
    fill(connection, "weekday_weights", "weekday_no integer, weight integer",
         list(enumerate(content.WEEKDAY_WEIGHTS, start=1)))
    fill(connection, "roles", (
        "role varchar, sender_type varchar, origin varchar, visibility varchar"
    ), content.ROLES)
    fill(connection, "phases", (
        "phase varchar, message_minimum integer, message_mean double, is_channel_mean boolean, "
        "tail_seconds double, is_slow boolean"
    ), [
        (phase, fewest, mean or 0.0, mean is None, tail, is_slow)
        for phase, fewest, mean, tail, is_slow in content.PHASES
    ])
    create_tables_of_hours(connection)
    create_flow_tables(connection)


def create_tables_of_hours(connection: duckdb.DuckDBPyConnection) -> None:
    """Calendars and promises; parts of the period become instants and dates later."""
    fill(connection, "calendars", "calendar_id varchar, company_no integer", content.CALENDARS)
    fill(connection, "weekly_hours", (
        "calendar_id varchar, first_weekday integer, last_weekday integer, opens_at varchar, "
        "closes_at varchar, from_part double, until_part double"
    ), content.CALENDAR_HOURS)
    fill(connection, "special_hours", (
        "calendar_id varchar, at_part double, opens_at varchar, closes_at varchar"
    ), content.CALENDAR_EXCEPTIONS)
    fill(connection, "assigned_calendars", (
        "subject varchar, subject_id varchar, calendar_id varchar, from_part double"
    ), content.CALENDAR_ASSIGNMENTS)
    fill(connection, "promises", (
        "policy_id varchar, company_id varchar, skill_id varchar, channel_id varchar, "
        "priority varchar, metric varchar, target_seconds integer, clock varchar, "
        "pauses_when_pending boolean, from_part double, until_part double"
    ), content.SLA_POLICIES)


def create_flow_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Step 0 of a flow is what happens before its first event."""
    fill(connection, "flows", (
        "flow_no integer, direction varchar, share_from double, share_to double"
    ), [
        (number, flow.direction, *share)
        for number, flow, share in numbered(
            content.FLOWS, cumulated([flow.weight for flow in content.FLOWS])
        )
    ])
    fill(connection, "flow_steps", (
        "flow_no integer, step_no integer, event_type varchar, phase varchar, actor_type varchar, "
        "agent_slot integer, skill_slot integer, to_agent_slot integer, to_skill_slot integer, "
        "chance double, is_agent_always_named boolean"
    ), [
        (
            flow_no, step_no, step.event_type, step.phase, step.actor, step.agent, step.skill,
            step.to_agent, step.to_skill, step.chance, step.agent_always_named,
        )
        for flow_no, flow in enumerate(content.FLOWS, start=1)
        for step_no, step in enumerate([content.Step(None, flow.opening), *flow.steps])
    ])


def company_rows(sessions: int, days: int) -> list[tuple]:
    """Agents and customers in proportion to a company's share of the sessions."""
    rows = []
    for number, company, (share_from, share_to) in numbered(
        content.COMPANIES, shares(content.COMPANIES, 4)
    ):
        company_sessions = sessions * (share_to - share_from)
        agents = math.ceil(company_sessions / days / SESSIONS_PER_AGENT_DAY)
        rows.append((
            number, *company[:4], share_from, share_to, max(FEWEST_AGENTS, agents),
            math.ceil(company_sessions * CUSTOMERS_PER_SESSION),
            content.FIRST_NAMES[number - 1], content.LAST_NAMES[number - 1],
        ))
    return rows


def numbered(
    rows: list, ranges: list[tuple[float, float]]
) -> Iterator[tuple[int, tuple, tuple[float, float]]]:
    """Rows with their numbers from 1 and their ranges."""
    return zip(range(1, len(rows) + 1), rows, ranges, strict=True)


def shares(rows: list[tuple], position: int) -> list[tuple[float, float]]:
    """The ranges of rows whose share stands at a position."""
    return cumulated([row[position] for row in rows])


def cumulated(weights: list[float]) -> list[tuple[float, float]]:
    """Weights as adjoining ranges that fill 0 to 1."""
    bounds = [sum(weights[:count]) / sum(weights) for count in range(len(weights) + 1)]
    return list(itertools.pairwise(bounds))


def fill(
    connection: duckdb.DuckDBPyConnection, table: str, columns: str, rows: list[tuple]
) -> None:
    connection.execute(f"create table {table} ({columns})")
    marks = ", ".join("?" for _ in rows[0])
    connection.executemany(f"insert into {table} values ({marks})", rows)
