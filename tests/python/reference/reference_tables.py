"""The contract's reference tables."""

from __future__ import annotations

from reference.contract import Table
from reference.text import (
    one_of,
    one_of_numbers,
    read_boolean,
    read_date,
    read_local_time,
    read_text,
    read_time,
    read_whole_number,
    read_zone,
)

REFERENCE_TABLES: dict[str, Table] = {
    "raw_companies": Table(
        key=("company_id",),
        columns={"company_id": read_text, "company_name": read_text, "time_zone": read_zone},
    ),
    "raw_agents": Table(
        key=("agent_id",),
        columns={"agent_id": read_text, "agent_name": read_text, "company_id": read_text},
    ),
    "raw_teams": Table(
        key=("team_id",),
        columns={"team_id": read_text, "team_name": read_text, "company_id": read_text},
    ),
    "raw_agent_teams": Table(
        key=("agent_id", "valid_from"),
        columns={
            "agent_id": read_text,
            "team_id": read_text,
            "valid_from": read_time,
            "valid_to": read_time,
        },
    ),
    "raw_skills": Table(
        key=("skill_id",),
        columns={"skill_id": read_text, "skill_name": read_text, "campaign_id": read_text},
    ),
    "raw_campaigns": Table(
        key=("campaign_id",),
        columns={"campaign_id": read_text, "campaign_name": read_text},
    ),
    "raw_skill_targets": Table(
        key=("skill_id", "valid_from"),
        columns={
            "skill_id": read_text,
            "valid_from": read_time,
            "service_level_seconds": read_whole_number,
            "short_abandon_seconds": read_whole_number,
        },
    ),
    "raw_measured_events": Table(
        key=("event_group",),
        columns={
            "event_group": one_of("offer", "hold", "wrap_up", "pending", "bot"),
            "measured_from": read_time,
        },
    ),
    "raw_channels": Table(
        key=("channel_id",),
        columns={
            "channel_id": read_text,
            "channel_name": read_text,
            "media_type": read_text,
            "is_digital": read_boolean,
        },
    ),
    "raw_calendars": Table(
        key=("calendar_id",),
        columns={"calendar_id": read_text, "time_zone": read_zone},
    ),
    "raw_calendar_hours": Table(
        key=("calendar_id", "iso_day_of_week", "opens_at", "valid_from"),
        required=("closes_at",),
        columns={
            "calendar_id": read_text,
            "iso_day_of_week": one_of_numbers(1, 7),
            "opens_at": read_local_time,
            "closes_at": read_local_time,
            "valid_from": read_date,
            "valid_to": read_date,
        },
    ),
    "raw_calendar_exceptions": Table(
        key=("calendar_id", "date", "opens_at"),
        required=("closes_at",),
        columns={
            "calendar_id": read_text,
            "date": read_date,
            "opens_at": read_local_time,
            "closes_at": read_local_time,
        },
    ),
    "raw_calendar_assignments": Table(
        key=("subject", "subject_id", "valid_from"),
        columns={
            "subject": one_of("company", "channel", "skill"),
            "subject_id": read_text,
            "valid_from": read_time,
            "calendar_id": read_text,
        },
    ),
    "raw_sla_policies": Table(
        key=("policy_id", "valid_from"),
        required=("metric", "target_seconds", "clock"),
        columns={
            "policy_id": read_text,
            "valid_from": read_time,
            "valid_to": read_time,
            "company_id": read_text,
            "skill_id": read_text,
            "channel_id": read_text,
            "priority": read_text,
            "metric": one_of("first_response", "next_response", "resolution"),
            "target_seconds": one_of_numbers(0, 100 * 31_557_600),
            "clock": one_of("calendar", "always"),
            "pauses_when_pending": read_boolean,
        },
    ),
}
