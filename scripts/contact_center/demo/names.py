"""The reference tables: names, memberships, targets, calendars, promises."""

from __future__ import annotations

import datetime

from . import clocks, world
from .log import Log

SINCE = "2025-10-01T00:00:00Z"
SINCE_DATE = "2025-10-01"


def write_names(log: Log) -> None:
    for company in world.COMPANIES:
        log.name("raw_companies", company_id=company.id, company_name=company.name,
                 time_zone=company.zone)
        write_calendar(log, company)
    for person in world.PEOPLE:
        log.name("raw_agents", agent_id=person.id, agent_name=person.name,
                 company_id=person.company)
        write_memberships(log, person)
    for team_id, name, company_id in world.TEAMS:
        log.name("raw_teams", team_id=team_id, team_name=name, company_id=company_id)
    for skill_id, name, campaign_id, target, short in world.SKILLS:
        log.name("raw_skills", skill_id=skill_id, skill_name=name, campaign_id=campaign_id)
        log.name("raw_skill_targets", skill_id=skill_id, valid_from=SINCE,
                 service_level_seconds=target, short_abandon_seconds=short)
    for channel_id, name, media_type, is_digital in world.CHANNELS:
        log.name("raw_channels", channel_id=channel_id, channel_name=name, media_type=media_type,
                 is_digital=is_digital)
    for campaign_id, name in world.CAMPAIGNS:
        log.name("raw_campaigns", campaign_id=campaign_id, campaign_name=name)
    for group in ("offer", "hold", "wrap_up", "pending", "bot"):
        log.name("raw_measured_events", event_group=group, measured_from=SINCE)
    for policy_id, company_id, channel_id, priority, metric, seconds, clock, pauses in (
        world.POLICIES
    ):
        log.name("raw_sla_policies", policy_id=policy_id, valid_from=SINCE, company_id=company_id,
                 channel_id=channel_id, priority=priority, metric=metric, target_seconds=seconds,
                 clock=clock, pauses_when_pending=pauses)


def write_calendar(log: Log, company: world.Company) -> None:
    calendar_id = f"{company.id}-desk"
    log.name("raw_calendars", calendar_id=calendar_id, time_zone=company.zone)
    log.name("raw_calendar_assignments", subject="company", subject_id=company.id,
             valid_from=SINCE, calendar_id=calendar_id)
    for day, hours in enumerate(company.hours, start=1):
        if hours:
            log.name("raw_calendar_hours", calendar_id=calendar_id, iso_day_of_week=day,
                     opens_at=hours[0], closes_at=hours[1], valid_from=SINCE_DATE)
    for date, hours in company.exceptions.items():
        opens, closes = hours or ("00:00", "00:00")
        log.name("raw_calendar_exceptions", calendar_id=calendar_id, date=date, opens_at=opens,
                 closes_at=closes)


def write_memberships(log: Log, person: world.Person) -> None:
    zone = next(one.zone for one in world.COMPANIES if one.id == person.company)
    since = midnight(zone, max(person.works_from, SINCE_DATE))
    team, moves_at = person.team, ""
    if person.moves_to:
        later_team, day = person.moves_to
        moves_at = midnight(zone, day)
        log.name("raw_agent_teams", agent_id=person.id, team_id=later_team, valid_from=moves_at)
    log.name("raw_agent_teams", agent_id=person.id, team_id=team, valid_from=since,
             valid_to=moves_at)


def midnight(zone: str, day: str) -> str:
    return clocks.text(clocks.instant(zone, datetime.date.fromisoformat(day), "00:00"))
